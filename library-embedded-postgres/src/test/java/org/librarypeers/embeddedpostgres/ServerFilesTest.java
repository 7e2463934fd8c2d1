package org.librarypeers.embeddedpostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the server's requirements on the file systems. */
class ServerFilesTest {

    private static final List<String> MOUNTS = List.of(
            "/dev/sda1 / ext4 rw,relatime 0 0",
            "tmpfs /tmp tmpfs rw,nosuid,nodev,noexec 0 0",
            "/dev/sdb1 /tmp/run ext4 rw 0 0",
            "/dev/sdc1 /mnt/our\\040disk ext4 rw,noexec,nodev 0 0",
            "tmpfs /over tmpfs rw,noexec 0 0",
            "/dev/sdd1 /over ext4 rw 0 0");

    @Test
    void the_innermost_and_last_mount_says_whether_programs_may_be_run() {
        assertThat(Mounts.isNoexec(Path.of("/home/library"), MOUNTS)).isFalse();
        assertThat(Mounts.isNoexec(Path.of("/tmp/library"), MOUNTS)).isTrue();
        assertThat(Mounts.isNoexec(Path.of("/tmp/run/library"), MOUNTS)).isFalse();
        assertThat(Mounts.isNoexec(Path.of("/tmpfs/library"), MOUNTS)).isFalse();
        assertThat(Mounts.isNoexec(Path.of("/mnt/our disk/library"), MOUNTS)).isTrue();
        assertThat(Mounts.isNoexec(Path.of("/over/library"), MOUNTS)).isFalse();
    }

    @Test
    void programs_that_cannot_be_run_are_told_before_they_are_needed(@TempDir Path home) throws Exception {
        Layout layout = Layout.prepare(home);
        Path program = Binaries.in(layout).program("postgres");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> EmbeddedPostgres.open(home))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("The PostgreSQL programs in " + layout.programs())
                .hasMessageContaining("cannot be run")
                .hasMessageContaining("use another directory, or use a PostgreSQL server instead");
    }

    @Test
    void a_log_that_is_written_to_is_emptied_when_it_has_grown_and_its_copy_is_kept(@TempDir Path folder)
            throws Exception {
        Path log = folder.resolve("postgres.log");
        try (OutputStream server = Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            server.write(new byte[1_000_000]);
            Logs.rotateInUse(log);
            assertThat(log).hasSize(1_000_000);

            server.write(new byte[1]);
            Logs.rotateInUse(log);
            server.write("after".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }

        assertThat(log).hasContent("after");
        assertThat(folder.resolve("postgres.log.1")).hasSize(1_000_001);
    }
}
