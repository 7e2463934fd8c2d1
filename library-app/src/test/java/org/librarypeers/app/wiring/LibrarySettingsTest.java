package org.librarypeers.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.accounts.PasswordCost;
import org.librarypeers.app.config.Configuration;
import org.librarypeers.app.config.Settings;

class LibrarySettingsTest {

    private static LibrarySettings read(Map<String, String> environment) {
        return new LibrarySettings(Configuration.reader()
                .environment(environment)
                .systemFile(Path.of("/no/such/file"))
                .read());
    }

    @Test
    void the_home_is_absolute() {
        assertThat(read(Map.of("LIBRARY_HOME", "/b/./c")).home()).isEqualTo(Path.of("/b/c"));
        assertThat(read(Map.of()).home()).isEqualTo(Path.of("data").toAbsolutePath());
    }

    @Test
    void passwords_have_the_cost_that_owasp_recommends() {
        assertThat(read(Map.of()).passwordCost()).isEqualTo(new PasswordCost(19_456, 2));
        assertThat(LibrarySettings.in(Path.of("/a")).passwordCost()).isEqualTo(PasswordCost.DEFAULT);
    }

    @Test
    void languages_keep_their_order_and_are_normalized() {
        assertThat(read(Map.of("LIBRARY_LANGUAGES", "pt_BR, en,en")).languages())
                .containsExactly("pt-br", "en");
        assertThatThrownBy(() -> read(Map.of("LIBRARY_LANGUAGES", " ,"))).hasMessageContaining("LIBRARY_LANGUAGES");
    }

    @Test
    void a_configured_server_is_used_and_its_password_is_never_shown() {
        LibrarySettings settings = read(Map.of(
                "LIBRARY_DB_URL",
                "jdbc:postgresql://db.example.org/library?password=hidden1",
                "LIBRARY_DB_USER",
                "me",
                "LIBRARY_DB_PASSWORD",
                "hidden2",
                "LIBRARY_SECRET_KEY",
                "ab".repeat(32)));
        assertThat(settings.toString())
                .contains("db.example.org")
                .doesNotContain("hidden")
                .doesNotContain("abab");
        assertThat(settings.database().server())
                .hasToString("jdbc:postgresql://db.example.org/library as me")
                .extracting("password")
                .isEqualTo("hidden2");
    }

    @Test
    void the_sync_interval_is_six_hours_by_default_and_must_be_valid() {
        assertThat(read(Map.of()).schedule().interval()).isEqualTo(Duration.ofHours(6));
        assertThat(read(Map.of()).schedule().concurrent()).isEqualTo(4);
        assertThat(read(Map.of("LIBRARY_DB_POOL_SIZE", "5")).schedule().concurrent())
                .isEqualTo(3);
        assertThat(read(Map.of("LIBRARY_SYNC_CONCURRENT", "8")).schedule().concurrent())
                .isEqualTo(8);
        assertThatThrownBy(() -> read(Map.of("LIBRARY_SYNC_CONCURRENT", "9")).schedule())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sync.concurrent is 9")
                .hasMessageContaining("db.pool-size to at least 11");
        assertThat(read(Map.of("LIBRARY_SYNC_EVERY_HOURS", " 24 ")).schedule().interval())
                .isEqualTo(Duration.ofHours(24));
        for (int hours : new int[] {1, 168}) {
            assertThat(read(Map.of("LIBRARY_SYNC_EVERY_HOURS", String.valueOf(hours)))
                            .schedule()
                            .interval())
                    .isEqualTo(Duration.ofHours(hours));
        }
        for (String bad : new String[] {"0", "169", "-1", "1.5", "six", "99999999999"}) {
            assertThatThrownBy(() -> read(Map.of("LIBRARY_SYNC_EVERY_HOURS", bad)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("LIBRARY_SYNC_EVERY_HOURS is '" + bad + "'; it must be a whole number from 1 to 168");
        }
    }

    @Test
    void the_default_limits_of_requests_and_uploads_are_as_documented() {
        LibrarySettings usual = read(Map.of());
        assertThat(usual.requestsPerHour()).isEqualTo(1_000);
        assertThat(usual.maxUploadBytes()).isEqualTo(100L * 1_024 * 1_024);
        assertThat(usual.name()).isEqualTo("Our library");
        assertThat(usual.languages()).containsExactly("en", "es", "pt-br");

        LibrarySettings told = read(Map.of("LIBRARY_API_REQUESTS_PER_HOUR", " 0 ", "LIBRARY_MAX_UPLOAD_MIB", "999999"));
        assertThat(told.requestsPerHour()).isZero();
        assertThat(told.maxUploadBytes()).isEqualTo(1_048_574_951_424L);
        for (String bad : new String[] {"-1", "1000000", "1.5", "many"}) {
            for (String name : new String[] {"LIBRARY_API_REQUESTS_PER_HOUR", "LIBRARY_MAX_UPLOAD_MIB"}) {
                assertThatThrownBy(() -> read(Map.of(name, bad)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage(name + " is '" + bad + "'; it must be a whole number from 0 to 999999");
            }
        }
    }

    @Test
    void a_contact_is_an_address_that_fits_into_a_header() {
        assertThat(read(Map.of()).contact()).isNull();
        for (String good : new String[] {"library@example.org", "https://example.org/contact?a=b"}) {
            assertThat(read(Map.of("LIBRARY_CONTACT", " " + good + " ")).contact())
                    .isEqualTo(good);
        }
        for (String bad :
                new String[] {"ask us", "a@b@c", "https://example.org/(a)", "a\r\nX: y@example.org", "ü@example.org"}) {
            assertThatThrownBy(() -> read(Map.of("LIBRARY_CONTACT", bad)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("LIBRARY_CONTACT is '")
                    .hasMessageContaining("it must be an e-mail address or a web address")
                    .hasMessageContaining("library@example.org")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void an_invalid_server_address_is_rejected_without_quoting_it(@TempDir Path home) {
        LibrarySettings settings =
                LibrarySettings.in(home).with(Settings.DB_URL, "jdbc:postgresql://127.0.0.1:noport/x?password=hidden");
        assertThatThrownBy(() -> Library.open(settings))
                .hasMessageContaining("LIBRARY_DB_URL")
                .hasMessageNotContaining("hidden");
    }
}
