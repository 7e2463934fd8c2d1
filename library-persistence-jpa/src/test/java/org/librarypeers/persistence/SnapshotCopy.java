package org.librarypeers.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.librarypeers.persistence.Maintenance.Content;
import org.librarypeers.persistence.Maintenance.Snapshot;
import org.librarypeers.persistence.Maintenance.Table;

/** A snapshot in memory. */
record SnapshotCopy(Content content, Map<String, byte[]> rows) {

    static SnapshotCopy of(JpaStorage storage) {
        try (Snapshot snapshot = storage.maintenance().snapshot()) {
            return of(snapshot);
        }
    }

    static SnapshotCopy of(Snapshot snapshot) {
        Map<String, byte[]> rows = new HashMap<>();
        for (Table table : snapshot.content().tables()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try {
                long count = snapshot.copy(table, out);
                assertThat(out.toString(StandardCharsets.UTF_8)
                                .chars()
                                .filter(each -> each == '\n')
                                .count())
                        .as(table.name())
                        .isEqualTo(count);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            rows.put(table.name(), out.toByteArray());
        }
        return new SnapshotCopy(snapshot.content(), rows);
    }

    void restore(JpaStorage storage) {
        storage.maintenance()
                .restore(
                        content,
                        table -> new ByteArrayInputStream(rows.get(table.name())),
                        MaintenanceTest.entry("restored"));
    }
}
