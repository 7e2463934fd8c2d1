package org.librarypeers.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {

    @TempDir
    private Path folder;

    private Path home;
    private Path homeFile;
    private Path systemFile;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void makeHome() throws IOException {
        home = Files.createDirectory(folder.resolve("home"));
        homeFile = home.resolve("library.properties");
        systemFile = folder.resolve("system.properties");
        environment.put("LIBRARY_HOME", home.toString());
    }

    private ConfigurationReader reader() {
        return Configuration.reader().environment(environment).systemFile(systemFile);
    }

    private Configuration read() {
        return reader().read();
    }

    private List<String> problems() {
        return catchThrowableOfType(InvalidConfigurationException.class, this::read)
                .problems();
    }

    private String place(Setting<?> setting) {
        return read().value(setting).origin().place();
    }

    @Test
    void each_source_overrides_those_after_it() throws Exception {
        assertThat(read().get(Settings.LISTEN_PORT)).isEqualTo(8080);
        assertThat(place(Settings.LISTEN_PORT)).isEqualTo("default");

        Files.writeString(systemFile, "# of the machine\nlisten.port = 1\n");
        assertThat(read().get(Settings.LISTEN_PORT)).isEqualTo(1);
        assertThat(place(Settings.LISTEN_PORT)).isEqualTo(systemFile + ":2");

        Files.writeString(homeFile, "listen.port: 2");
        assertThat(read().get(Settings.LISTEN_PORT)).isEqualTo(2);
        assertThat(place(Settings.LISTEN_PORT)).isEqualTo(homeFile + ":1");

        Path file = Files.writeString(folder.resolve("port"), "3\n");
        environment.put("LIBRARY_LISTEN_PORT_FILE", file.toString());
        assertThat(read().get(Settings.LISTEN_PORT)).isEqualTo(3);
        assertThat(place(Settings.LISTEN_PORT)).isEqualTo("LIBRARY_LISTEN_PORT_FILE (" + file + ")");

        environment.put("LIBRARY_LISTEN_PORT", "4");
        assertThat(read().get(Settings.LISTEN_PORT)).isEqualTo(4);
        assertThat(place(Settings.LISTEN_PORT)).isEqualTo("LIBRARY_LISTEN_PORT");

        Configuration told =
                reader().option("--port", Settings.LISTEN_PORT, "5").read();
        assertThat(told.get(Settings.LISTEN_PORT)).isEqualTo(5);
        assertThat(told.value(Settings.LISTEN_PORT).origin().place()).isEqualTo("--port");
    }

    @Test
    void the_home_is_chosen_by_an_option_a_variable_the_machine_or_the_default() throws Exception {
        assertThat(reader().option("--home", Settings.HOME, "/a").read().get(Settings.HOME))
                .isEqualTo(Path.of("/a"));
        assertThat(read().get(Settings.HOME)).isEqualTo(home);

        environment.clear();
        assertThat(read().get(Settings.HOME)).isEqualTo(Path.of("data"));
        Files.writeString(systemFile, "home=" + home);
        Files.writeString(homeFile, "name=Of the home");
        assertThat(read().get(Settings.NAME)).isEqualTo("Of the home");
    }

    @Test
    void a_home_in_the_file_that_is_in_it_is_rejected() throws Exception {
        Files.writeString(homeFile, "\nhome=/elsewhere");
        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith(homeFile + ":2: home cannot be set in the file that is in it; set it with --home");
    }

    @Test
    void property_files_are_utf8_and_have_comments_escapes_and_long_lines() throws Exception {
        Files.writeString(
                homeFile,
                "\uFEFF# Bibliothèque\\\n! more\n\nname = Bibliothèque de \\\n    santé \\u2764\nlanguages=fr, en",
                StandardCharsets.UTF_8);
        assertThat(read().get(Settings.NAME)).isEqualTo("Bibliothèque de santé \u2764");
        assertThat(place(Settings.NAME)).endsWith(":4");
        assertThat(read().get(Settings.LANGUAGES)).containsExactly("fr", "en");
        assertThat(place(Settings.LANGUAGES)).endsWith(":6");
    }

    @Test
    void a_file_that_is_not_utf8_or_has_invalid_escapes_or_is_a_directory_is_rejected() throws Exception {
        Files.write(homeFile, "name=Bibliothèque".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(problems()).containsExactly(homeFile + " is not UTF-8; save the file as UTF-8");

        Files.writeString(homeFile, "\nname=C:\\users");
        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith(homeFile + ":2: the escape after '\\' is not valid");

        Files.delete(homeFile);
        Files.createDirectory(homeFile);
        assertThat(problems()).singleElement().asString().startsWith(homeFile + " cannot be read (");
    }

    @Test
    void the_same_name_twice_in_a_file_is_rejected() throws Exception {
        Files.writeString(homeFile, "name=One\nlisten.port=1\nname=Two");
        assertThat(problems())
                .containsExactly(
                        homeFile + ":3: name is already set at " + homeFile + ":1; remove one of the two lines");
    }

    @ParameterizedTest
    @CsvSource({
        "listen.prot, listen.port",
        "LIBRARY_LISTEN_PORT, listen.port",
        "Listen.Port, listen.port",
        "port, listen.port",
        "password, db.password",
        "sync-every-hours, sync.every-hours",
        "sync.hours, sync.every-hours",
        "langauges, languages"
    })
    void an_unknown_name_in_a_file_is_rejected_with_the_nearest_known_one(String name, String nearest)
            throws Exception {
        Files.writeString(systemFile, "# comment\n" + name + "=1");
        assertThat(problems())
                .containsExactly(systemFile + ":2: there is no setting '" + name + "'; did you mean " + nearest + "?");
    }

    @ParameterizedTest
    @CsvSource({
        "LIBRARY_LANGUAGE, LIBRARY_LANGUAGES",
        "LIBRARY_DB_PASWORD, LIBRARY_DB_PASSWORD",
        "LIBRARY_DB_PASWORD_FILE, LIBRARY_DB_PASSWORD_FILE",
        "LIBRARY_PORT, LIBRARY_LISTEN_PORT",
        "LIBRARY_JAVA_OPT, LIBRARY_JAVA_OPTS"
    })
    void an_unknown_variable_is_rejected_with_the_nearest_known_one(String name, String nearest) {
        environment.put(name, "secret");
        assertThat(problems()).containsExactly(name + ": there is no such variable; did you mean " + nearest + "?");
    }

    @Test
    void variables_of_others_are_ignored() {
        environment.put("LIBRARY_JAVA_OPTS", "-Xmx256m");
        environment.put("LIBRARYPATH", "/lib");
        environment.put("PATH", "/bin");
        environment.put("LIBRARY_PORT", "tcp://10.0.0.1:80");
        environment.put("LIBRARY_SERVICE_HOST", "10.0.0.1");
        environment.put("LIBRARY_SERVICE_PORT_HTTP", "80");
        environment.put("LIBRARY_DB_PORT_5432_TCP_ADDR", "10.0.0.2");
        assertThat(read().values()).hasSameSizeAs(Settings.all());
    }

    @Test
    void all_problems_are_reported_together_each_with_its_source() throws Exception {
        Files.writeString(systemFile, "listen.port=x\nsync.every-hours=999");
        Files.writeString(homeFile, "max-upload-mib=much");
        Path secret = Files.writeString(folder.resolve("key"), "hidden");
        environment.put("LIBRARY_SECRET_KEY_FILE", secret.toString());
        environment.put("LIBRARY_SYNC_EVERY_HOURS", "0");
        environment.put("LIBRARY_DB_PASSWORD_FILE", "/no/such/file");
        assertThat(problems())
                .containsExactlyInAnyOrder(
                        systemFile + ":1: listen.port is 'x'; it must be a whole number from 0 to 65535",
                        "LIBRARY_SYNC_EVERY_HOURS is '0'; it must be a whole number from 1 to 168",
                        homeFile + ":1: max-upload-mib is 'much'; it must be a whole number from 0 to 999999",
                        "LIBRARY_SECRET_KEY_FILE (" + secret + ") is not valid; it must be 64 hexadecimal digits",
                        "LIBRARY_DB_PASSWORD_FILE (/no/such/file) cannot be read (NoSuchFileException);"
                                + " check the path and the permissions of the file");
    }

    @Test
    void an_option_can_set_everything_but_a_secret() {
        Configuration told = reader().option("--set", "listen.port", "5").read();
        assertThat(told.value(Settings.LISTEN_PORT).origin().place()).isEqualTo("--set listen.port");
        assertThatThrownBy(() -> reader().option("--set", "listen.port", "x").read())
                .hasMessage("--set listen.port is 'x'; it must be a whole number from 0 to 65535");
        assertThatThrownBy(() -> reader().option("--set", "listenport", "5").read())
                .hasMessage("--set: there is no setting 'listenport'; did you mean listen.port?");
        assertThatThrownBy(
                        () -> reader().option("--set", "db.password", "hidden").read())
                .hasMessageStartingWith("--set: db.password is a secret")
                .hasMessageContaining("LIBRARY_DB_PASSWORD_FILE")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void secrets_are_masked_also_inside_of_addresses() {
        environment.put(
                "LIBRARY_DB_URL", "jdbc:postgresql://me:hidden1@db.example.org/library?ssl=true&password=hidden2");
        environment.put("LIBRARY_DB_PASSWORD", " hidden3 ");
        environment.put("LIBRARY_SECRET_KEY", "ab".repeat(32));
        Configuration configuration = read();
        assertThat(configuration.values().toString()).doesNotContain("hidden").doesNotContain("abab");
        assertThat(configuration.value(Settings.DB_URL).shown()).contains("db.example.org/library?ssl=true");
        assertThat(configuration.get(Settings.DB_PASSWORD)).isEqualTo(" hidden3 ");

        environment.put("LIBRARY_DB_URL", "mysql://me:hidden@db");
        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("LIBRARY_DB_URL is ")
                .contains("jdbc:postgresql://db.example.org/library")
                .doesNotContain("hidden");
    }

    @Test
    void values_with_lost_characters_are_rejected_and_not_shown() throws Exception {
        for (String name : List.of("LIBRARY_NAME", "LIBRARY_HOME", "LIBRARY_DB_PASSWORD")) {
            Map<String, String> variables = Map.of(name, "Biblioth\uFFFD\uFFFDque");
            assertThatThrownBy(() -> Configuration.reader()
                            .environment(variables)
                            .systemFile(systemFile)
                            .read())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(name + " has characters that could not be decoded (U+FFFD)")
                    .hasMessageContaining("LC_ALL=C.UTF-8")
                    .hasMessageNotContaining("Biblioth");
        }
        Files.writeString(homeFile, "name=Biblioth\uFFFDque");
        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith(homeFile + ":1: name has lost characters (U+FFFD)");
    }

    @Test
    void a_blank_value_counts_as_not_set() throws Exception {
        environment.put("LIBRARY_DB_URL", " ");
        environment.put("LIBRARY_NAME", "");
        Files.writeString(homeFile, "languages=\nname=Ours");
        assertThat(read().find(Settings.DB_URL)).isEmpty();
        assertThat(read().get(Settings.NAME)).isEqualTo("Ours");
        assertThat(read().get(Settings.LANGUAGES)).containsExactly("en", "es", "pt-br");
        assertThatThrownBy(() -> read().get(Settings.DB_URL)).hasMessageContaining("LIBRARY_DB_URL");
    }
}
