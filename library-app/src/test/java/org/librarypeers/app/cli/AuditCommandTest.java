package org.librarypeers.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.HomeServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of {@code audit}, and of what the other commands write into the audit log. */
@Timeout(180)
class AuditCommandTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String KEY = "0123456789abcdef0123456789abcdef01234567";
    private static final String GUID = "11111111-1111-4111-8111-111111111111";

    @TempDir
    private Path folder;

    private Path home;
    private HomeServer keptRunning;

    @BeforeEach
    void create() throws Exception {
        home = Files.createDirectory(folder.resolve("home"));
        keptRunning = HomeServer.start(home);
        succeeded(run("a long password", "create_user", "asha", "--role=admin", "--password-stdin"));
    }

    @AfterEach
    void stop() {
        keptRunning.close();
    }

    private CommandAnswer run(String input, String... args) {
        return CommandAnswer.withInput(input + "\n", CommandAnswer.at(home, args));
    }

    private static String succeeded(CommandAnswer answer) {
        assertThat(answer.code()).as(answer.err()).isZero();
        return answer.out();
    }

    private List<JsonNode> entries(String... options) {
        List<String> args = new ArrayList<>(List.of("audit", "--json"));
        args.addAll(List.of(options));
        return succeeded(run("", args.toArray(String[]::new)))
                .lines()
                .map(JSON::readTree)
                .toList();
    }

    private List<String> actions(String... options) {
        return entries(options).stream()
                .map(entry -> entry.path("action").asString())
                .toList();
    }

    @Test
    void every_command_that_changes_something_is_recorded_with_the_user_of_the_operating_system() throws Exception {
        Path file = folder.resolve("resources.jsonl");
        Files.writeString(file, """
                {"guid": "%s", "title": "A title", "description": "Some words"}""".formatted(GUID));
        succeeded(run("a long password", "create_user", "ben", "--role=member", "--password-stdin", "--api-write"));
        succeeded(run("another password", "set_password", "ben"));
        succeeded(run("", "deactivate_user", "ben"));
        succeeded(run("", "activate_user", "ben"));
        succeeded(run("", "api_write", "ben", "--revoke"));
        succeeded(run("", "api_key", "ben"));
        succeeded(run(KEY, "add_peer", "http://127.0.0.1:1", "--name=A peer", "--user=us", "--key-stdin"));
        succeeded(run("", "edit_peer", "1", "--no-active", "--review-updates", "--schedule"));
        succeeded(run("", "edit_peer", "1", "--active"));
        assertThat(run("", "sync_peer_resources", "1").code()).isEqualTo(1);
        succeeded(run("", "remove_peer", "1"));
        succeeded(run("", "import", file.toString()));
        succeeded(run("", "review", "approve", GUID));
        succeeded(run("", "restore", GUID, "1"));
        succeeded(run("", "export"));
        succeeded(run("", "backup", "create", folder.resolve("b.zip").toString()));
        succeeded(run("", "secret", "rotate"));

        List<JsonNode> entries = entries();

        assertThat(entries.stream().map(entry -> entry.path("action").asString()))
                .containsExactly(
                        "secret-key-changed",
                        "backup-created",
                        "resources-exported",
                        "resource-restored",
                        "resources-approved",
                        "resources-imported",
                        "peer-removed",
                        "sync-started",
                        "peer-activated",
                        "peer-policy-changed",
                        "peer-deactivated",
                        "peer-edited",
                        "peer-added",
                        "api-key-shown",
                        "api-write-revoked",
                        "user-activated",
                        "user-deactivated",
                        "password-set",
                        "api-write-allowed",
                        "user-created",
                        "user-created");
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.path("actor_kind").asString()).isEqualTo("command-line");
            assertThat(entry.path("actor").asString()).startsWith(System.getProperty("user.name"));
            assertThat(entry.path("address").isNull()).isTrue();
            assertThat(entry.toString()).doesNotContain(KEY, "password\"", "a long password", "another password");
        });
        assertThat(entries.get(5).path("details").toString())
                .isEqualTo("{\"approve\":\"false\",\"new\":\"1\",\"updated\":\"0\"}");
        assertThat(entries.get(11).path("details").path("fields").asString()).isEqualTo("schedule");
    }

    @Test
    void a_backup_contains_the_log_and_its_restoration_adds_an_entry() throws Exception {
        Path file = folder.resolve("b.zip");
        succeeded(run("", "api_key", "asha"));
        succeeded(run("", "backup", "create", file.toString()));
        keptRunning.dropLibrary();

        succeeded(run("", "backup", "restore", file.toString()));

        assertThat(actions()).containsExactly("backup-restored", "api-key-shown", "user-created");
        JsonNode restored = entries().get(0);
        assertThat(restored.path("subject").asString()).isEqualTo(file.toString());
        assertThat(restored.path("details").path("made").asString()).startsWith("20");
    }

    @Test
    void entries_are_selected_by_action_by_person_and_by_time() {
        succeeded(run("", "api_key", "asha"));
        String name = entries().get(0).path("actor").asString();

        assertThat(actions("--action=user-created")).containsExactly("user-created");
        assertThat(actions("--actor=" + name, "--limit=1")).containsExactly("api-key-shown");
        assertThat(actions("--actor=nobody")).isEmpty();
        assertThat(actions("--since=2020-01-01")).hasSize(2);
        assertThat(actions("--since=2999-12-31T23:59:59Z")).isEmpty();
        assertThat(succeeded(run("", "audit", "--limit=1"))).contains(name, "api-key-shown", "user asha");
        for (String wrong : List.of("--action=peer-eaten", "--since=yesterday", "--limit=0")) {
            CommandAnswer answer = run("", "audit", wrong);
            assertThat(answer.code()).isEqualTo(1);
            assertThat(answer.err().lines()).hasSize(1);
        }
    }
}
