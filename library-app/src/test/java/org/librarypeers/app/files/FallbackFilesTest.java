package org.librarypeers.app.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.sync.files.StoredFile;

/** Tests of the files of two stores, while files are moved from one to the other. */
class FallbackFilesTest {

    @TempDir
    private Path folder;

    private ManagedFiles store(String name) {
        return new DiskFiles(folder.resolve(name), Clock.systemUTC());
    }

    private static StoredFile put(ManagedFiles store, String text) throws IOException {
        return store.put(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 100);
    }

    private static void move(StoredFile file, ManagedFiles from, ManagedFiles to) throws IOException {
        try (InputStream in = from.open(file, 0)) {
            to.put(in, file.sizeBytes());
        }
        from.delete(file);
    }

    @Test
    void a_file_that_is_moved_while_all_are_listed_is_listed_once() throws IOException {
        ManagedFiles present = store("present");
        ManagedFiles earlier = store("earlier");
        StoredFile there = put(present, "there");
        StoredFile moved = put(earlier, "moved");
        List<StoredFile> listed = new ArrayList<>();

        new FallbackFiles(present, earlier).forEach(file -> {
            if (listed.isEmpty()) {
                move(moved, earlier, present);
            }
            listed.add(file);
        });

        assertThat(listed).containsExactlyInAnyOrder(there, moved);
    }

    @Test
    void a_file_of_either_store_is_read() throws IOException {
        ManagedFiles present = store("present");
        ManagedFiles earlier = store("earlier");
        FallbackFiles files = new FallbackFiles(present, earlier);
        StoredFile old = put(earlier, "old");
        StoredFile fresh = put(files, "fresh");

        assertThat(present.find(fresh.sha256())).contains(fresh);
        assertThat(earlier.find(fresh.sha256())).isEmpty();
        for (StoredFile file : List.of(old, fresh)) {
            assertThat(files.find(file.sha256())).contains(file);
            try (InputStream in = files.open(file, 1, 2)) {
                assertThat(in.readAllBytes()).hasSize(2);
            }
        }
    }
}
