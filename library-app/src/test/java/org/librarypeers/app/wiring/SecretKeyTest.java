package org.librarypeers.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretKeyTest {

    @TempDir
    private Path home;

    @Test
    void the_first_start_creates_a_private_key_file_that_later_starts_use() throws Exception {
        byte[] key = SecretKey.of(null, home);
        assertThat(key).hasSize(32);
        assertThat(SecretKey.of(null, home)).isEqualTo(key);
        assertThat(Files.getPosixFilePermissions(home.resolve("secret.key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        try (var files = Files.list(home)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void libraries_that_start_at_the_same_time_share_one_key() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 20; round++) {
                Path together = Files.createDirectory(home.resolve("home" + round));
                Callable<String> start = () -> HexFormat.of().formatHex(SecretKey.of(null, together));

                Set<String> keys = new HashSet<>();
                for (Future<String> key : pool.invokeAll(Collections.nCopies(8, start))) {
                    keys.add(key.get());
                }

                assertThat(keys).hasSize(1);
                assertThat(together).isDirectoryContaining("glob:**secret.key");
                assertThat(together.toFile().list()).hasSize(1);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void a_given_key_is_used_and_no_file_is_created() throws Exception {
        assertThat(SecretKey.of("0F".repeat(32), home)).hasSize(32).containsOnly(15);
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void an_invalid_key_is_rejected_without_showing_it() throws Exception {
        assertThatThrownBy(() -> SecretKey.of("hidden", home))
                .hasMessageContaining("LIBRARY_SECRET_KEY")
                .hasMessageNotContaining("hidden");
        Files.writeString(home.resolve("secret.key"), "hidden");
        assertThatThrownBy(() -> SecretKey.of(null, home))
                .hasMessageContaining("secret.key")
                .hasMessageNotContaining("hidden");
    }
}
