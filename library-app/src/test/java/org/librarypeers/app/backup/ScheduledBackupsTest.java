package org.librarypeers.app.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.files.DiskFiles;
import org.librarypeers.persistence.JpaStorage;
import org.librarypeers.persistence.Maintenance.Snapshot;
import org.librarypeers.sync.contract.SettableClock;

class ScheduledBackupsTest {

    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

    @TempDir
    private Path folder;

    private final SettableClock clock = new SettableClock(NOON);
    private RunningLibrary library;
    private JpaStorage storage;
    private String name;

    @BeforeEach
    void start() throws Exception {
        library = RunningLibrary.start();
        byte[] key = HexFormat.of()
                .parseHex(Files.readString(library.home().resolve("secret.key")).strip());
        storage = JpaStorage.builder()
                .database(
                        library.database().url(),
                        library.database().user(),
                        library.database().password())
                .secretKey(key)
                .build();
        name = "library-" + storage.id().toString().substring(0, 8) + "-";
    }

    @AfterEach
    void stop() {
        storage.close();
        library.close();
    }

    private ScheduledBackups job(Path directory) {
        Backups backups =
                new Backups(storage.maintenance(), new DiskFiles(folder.resolve("files"), clock), new byte[32], clock);
        return new ScheduledBackups(
                backups,
                new BackupSettings(directory, Duration.ofDays(1), 2, EnumSet.allOf(Backups.Part.class)),
                storage.id());
    }

    private static List<String> names(Path directory) {
        return Arrays.stream(directory.toFile().list()).sorted().toList();
    }

    @Test
    void a_backup_is_made_when_the_newest_one_is_too_old_and_the_oldest_ones_are_deleted() throws Exception {
        Path directory = folder.resolve("backups");
        ScheduledBackups job = job(directory);

        assertThat(job.run()).isTrue();
        clock.advance(Duration.ofHours(23));
        assertThat(job.run()).isTrue();
        assertThat(names(directory)).containsExactly(name + "20261129-120000.zip");

        Files.writeString(directory.resolve("library-00000000-20200101-000000.zip"), "of another library");
        Path abandoned =
                Files.writeString(directory.resolve(name + "20261128-120000.zip.1.part"), "of a killed process");
        Files.setLastModifiedTime(abandoned, FileTime.from(NOON.minus(Duration.ofDays(1))));
        clock.advance(Duration.ofHours(1));
        assertThat(job.run()).isTrue();
        clock.advance(Duration.ofDays(2));
        assertThat(job.run()).isTrue();

        assertThat(names(directory))
                .containsExactly(
                        "library-00000000-20200101-000000.zip",
                        name + "20261130-120000.zip",
                        name + "20261202-120000.zip");
        try (BackupFile backup = BackupFile.open(directory.resolve(name + "20261202-120000.zip"))) {
            backup.verify();
            assertThat(backup.manifest().hasSecretKey()).isTrue();
        }
    }

    @Test
    void nodes_do_not_make_a_backup_at_the_same_time() {
        Path directory = folder.resolve("backups");
        try (Snapshot other = storage.maintenance().snapshotUnlessHeld().orElseThrow()) {
            assertThat(other.content().tables()).isNotEmpty();
            assertThat(job(directory).run()).isTrue();
            assertThat(directory).doesNotExist();
        }
        assertThat(job(directory).run()).isTrue();
        assertThat(names(directory)).hasSize(1);
    }

    @Test
    void a_failure_is_reported_until_a_backup_succeeds() throws Exception {
        Path directory = Files.writeString(folder.resolve("backups"), "a file in the way");
        ScheduledBackups job = job(directory);

        assertThat(job.run()).isFalse();
        assertThat(job.trouble()).hasValueSatisfying(why -> assertThat(why).doesNotContain(folder.toString()));

        Files.delete(directory);
        assertThat(job.run()).isTrue();
        assertThat(job.trouble()).isEmpty();
    }
}
