package org.librarypeers.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.HomeServer;
import org.librarypeers.app.config.Settings;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.persistence.JpaStorage;

@Timeout(120)
class SecretKeyChangeTest {

    private static final UserName ASHA = new UserName("asha");

    @TempDir
    private Path home;

    private HomeServer keptRunning;
    private LibrarySettings settings;
    private ApiKey apiKey;

    @BeforeEach
    void create() {
        keptRunning = HomeServer.start(home);
        settings = LibrarySettings.in(home);
        try (Library library = Library.open(settings)) {
            library.accounts().create(ASHA, Role.ADMIN, null, "a long password");
            apiKey = library.accounts().apiKey(ASHA).orElseThrow();
        }
    }

    @AfterEach
    void stop() {
        keptRunning.close();
    }

    private String key() throws Exception {
        return Files.readString(home.resolve("secret.key")).strip();
    }

    private void opensWith(LibrarySettings used) {
        try (Library library = Library.openExisting(used)) {
            assertThat(library.accounts().apiKey(ASHA)).contains(apiKey);
            assertThat(library.accounts().withApiKey(ASHA.value(), apiKey.secret()))
                    .isPresent();
        }
    }

    @Test
    void the_key_file_is_replaced() throws Exception {
        String before = key();
        LibraryMaintenance.changeSecretKey(settings, null);

        assertThat(key()).isNotEqualTo(before);
        assertThat(home.resolve("secret.key.next")).doesNotExist();
        assertThat(Files.getPosixFilePermissions(home.resolve("secret.key"))).hasSize(2);
        opensWith(settings);
    }

    @Test
    void a_process_that_is_killed_before_the_database_changes_leaves_the_old_key() throws Exception {
        String before = key();
        SecretKey.makeNext(home);

        opensWith(settings);
        assertThat(key()).isEqualTo(before);
        LibraryMaintenance.changeSecretKey(settings, null);
        opensWith(settings);
        assertThat(key()).isNotEqualTo(before);
    }

    @Test
    void a_process_that_is_killed_after_the_database_has_changed_leaves_the_new_key() throws Exception {
        String before = key();
        try (LibraryDatabase database = LibraryDatabase.open(settings);
                JpaStorage storage = database.storage(database.secretKey())) {
            storage.maintenance().changeSecretKey(() -> {
                try {
                    return SecretKey.makeNext(home);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        assertThat(key()).isEqualTo(before);

        opensWith(settings);
        assertThat(key()).isNotEqualTo(before);
        assertThat(home.resolve("secret.key.next")).doesNotExist();
        opensWith(settings);
    }

    @Test
    void a_running_process_is_noticed() throws Exception {
        String before = key();
        try (Library running = Library.openExisting(settings)) {
            assertThatThrownBy(() -> LibraryMaintenance.changeSecretKey(settings, null))
                    .hasMessageContaining("in use by 1 other process");
            running.check();
        }
        assertThat(key()).isEqualTo(before);
        opensWith(settings);
    }

    @Test
    void a_key_in_the_settings_is_replaced_by_a_given_one() throws Exception {
        LibrarySettings present = settings.with(Settings.SECRET_KEY, key());
        assertThatThrownBy(() -> LibraryMaintenance.changeSecretKey(present, "ab"))
                .hasMessageContaining("the new secret key is not a valid key");
        String same = key();
        assertThatThrownBy(() -> LibraryMaintenance.changeSecretKey(present, same))
                .hasMessageContaining("the new secret key is the present one");
        String given = "ab".repeat(32);
        LibraryMaintenance.changeSecretKey(present, given);

        opensWith(settings.with(Settings.SECRET_KEY, given));
        assertThatThrownBy(() -> opensWith(present)).hasMessageContaining("the secret key is not the one");
    }
}
