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
    void a_disk_with_room_is_no_trouble_and_nothing_is_left_behind() {
        assertThat(new DiskCheck(home, 1).trouble()).isEmpty();
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void a_disk_that_takes_nothing_is_told_with_the_reason() throws Exception {
        Files.createSymbolicLink(home.resolve("health.probe"), Path.of("/dev/full"));

        assertThat(new DiskCheck(home, 1).trouble())
                .contains("files cannot be written (No space left on device); free some space, or check the disk");
    }

    @Test
    void a_disk_that_is_nearly_full_is_told_with_what_is_free_and_what_is_needed() {
        assertThat(new DiskCheck(home, Long.MAX_VALUE).trouble().orElseThrow())
                .matches("the disk is full: \\d+ MiB are free, but at least 8796093022207 MiB are needed;"
                        + " free some space")
                .doesNotContain(home.toString());
    }

    @Test
    void a_home_that_is_gone_is_trouble() throws Exception {
        Files.delete(home);

        assertThat(new DiskCheck(home, 1).trouble()).isPresent();
        Files.createDirectory(home);
    }
}
