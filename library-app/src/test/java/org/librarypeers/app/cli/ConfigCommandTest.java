package org.librarypeers.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.config.Settings;
import tools.jackson.databind.JsonNode;

class ConfigCommandTest {

    @TempDir
    private Path home;

    private Path file;

    @BeforeEach
    void writeFile() throws IOException {
        file = Files.writeString(
                home.resolve("library.properties"), "name = Bibliothèque\ndb.password = hidden\nlisten.port = 9000\n");
    }

    private CommandAnswer run(String... more) {
        List<String> arguments = new ArrayList<>(List.of("config", "--home=" + home));
        arguments.addAll(List.of(more));
        return CommandAnswer.of(arguments.toArray(String[]::new));
    }

    @Test
    void the_table_has_each_value_and_its_source() {
        CommandAnswer answer = run("--set", "sync.every-hours=12");
        assertThat(answer.code()).isZero();
        assertThat(answer.err()).isEmpty();
        assertThat(answer.out().lines())
                .hasSize(Settings.all().size() + 1)
                .anyMatch(line -> line.matches("SETTING +VALUE +SOURCE"))
                .anyMatch(line -> line.matches("home +\\Q" + home + "\\E +--home"))
                .anyMatch(line -> line.matches("name +Bibliothèque +\\Q" + file + ":1\\E"))
                .anyMatch(line -> line.matches("db\\.password +\\*{8} +\\Q" + file + ":2\\E"))
                .anyMatch(line -> line.matches("sync\\.every-hours +12 +--set sync\\.every-hours"))
                .anyMatch(line -> line.matches("db\\.url +- +default"))
                .anyMatch(line -> line.matches("max-upload-mib +100 +default"));
    }

    @Test
    void one_setting_prints_only_its_value() {
        assertThat(run("listen.port").out()).isEqualToIgnoringNewLines("9000");
        assertThat(run("db.password").out()).startsWith("********");
        CommandAnswer unknown = run("listenport");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err().lines())
                .containsExactly("library: there is no setting 'listenport'; did you mean listen.port?");
    }

    @Test
    void json_has_an_object_for_each_setting_without_secrets() {
        CommandAnswer answer = run("--json");
        assertThat(answer.json())
                .extracting(node -> node.get("name").asString())
                .containsExactlyElementsOf(
                        Settings.all().stream().map(setting -> setting.name()).toList());
        assertThat(answer.out()).doesNotContain("hidden");
        JsonNode port = run("listen.port", "--json").json().get(0);
        assertThat(port.toString())
                .isEqualTo("{\"name\":\"listen.port\",\"value\":\"9000\",\"default\":\"8080\",\"secret\":false,"
                        + "\"source\":\"home_file\",\"place\":\"" + file
                        + ":3\",\"variable\":\"LIBRARY_LISTEN_PORT\"}");
        assertThat(run("db.url", "--json").json().get(0).get("value").isNull()).isTrue();
    }

    @Test
    void what_is_set_on_the_page_is_shown_if_nothing_else_sets_it() throws IOException {
        try (RunningLibrary running = RunningLibrary.start()) {
            running.execute("insert into setting values ('name', 'Stored'), ('languages', 'fr,en')");
            Files.writeString(
                    file,
                    "name = Ours\ndb.url = " + running.database().url() + "\ndb.user = "
                            + running.database().user() + "\ndb.password = "
                            + running.database().password());
            Files.copy(running.home().resolve("secret.key"), home.resolve("secret.key"));

            CommandAnswer answer = run();
            assertThat(answer.err()).isEmpty();
            assertThat(answer.out().lines())
                    .anyMatch(line -> line.matches("name +Ours +\\Q" + file + ":1\\E"))
                    .anyMatch(line -> line.matches("languages +fr,en +page of the settings"))
                    .anyMatch(line -> line.matches("sync\\.every-hours +6 +default"));
            assertThat(run("languages", "--json").json().get(0).get("source").asString())
                    .isEqualTo("stored");
        }
    }

    @Test
    void a_database_that_cannot_be_read_leaves_the_rest_of_the_configuration() throws IOException {
        Files.writeString(file, "name = Ours\ndb.url = jdbc:postgresql://127.0.0.1:1/library\n");
        Files.writeString(home.resolve("secret.key"), "0".repeat(64) + "\n");

        CommandAnswer answer = run("languages");

        assertThat(answer.code()).isZero();
        assertThat(answer.out()).isEqualToIgnoringNewLines("en,es,pt-br");
        assertThat(answer.err()).contains("127.0.0.1");
        assertThat(run("name").err()).isEmpty();
    }

    @Test
    void each_problem_of_the_configuration_is_one_line() throws Exception {
        Files.writeString(file, "name = Ours\nlisten.prot = 1\nmax-upload-mib = lots\n");
        CommandAnswer answer = run();
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err().lines())
                .containsExactly(
                        "library: " + file + ":2: there is no setting 'listen.prot'; did you mean listen.port?",
                        "library: " + file
                                + ":3: max-upload-mib is 'lots'; it must be a whole number from 0 to 999999");
    }
}
