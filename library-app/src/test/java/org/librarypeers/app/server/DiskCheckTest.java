package org.librarypeers.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskCheckTest {

    @TempDir
    private Path home;

    @Test
    void a_disk_with_free_space_passes_and_no_file_is_left_behind() {
        assertThat(new DiskCheck(home, 1).trouble()).isEmpty();
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void a_disk_that_cannot_be_written_is_reported_with_the_reason() throws Exception {
        Files.createSymbolicLink(home.resolve("health.probe"), Path.of("/dev/full"));

        assertThat(new DiskCheck(home, 1).trouble())
                .contains("files cannot be written (No space left on device); free some space, or check the disk");
    }

    @Test
    void a_nearly_full_disk_is_reported_with_the_free_and_the_needed_space() {
        assertThat(new DiskCheck(home, Long.MAX_VALUE).trouble().orElseThrow())
                .matches("the disk is full: \\d+ MiB are free, but at least 8796093022207 MiB are needed;"
                        + " free some space")
                .doesNotContain(home.toString());
    }

    @Test
    void a_missing_home_is_reported() throws Exception {
        Files.delete(home);

        assertThat(new DiskCheck(home, 1).trouble()).isPresent();
        Files.createDirectory(home);
    }
}
