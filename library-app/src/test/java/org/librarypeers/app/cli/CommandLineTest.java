package org.librarypeers.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.HomeServer;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.config.Settings;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.app.wiring.LibrarySettings;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Resource;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.storage.PeerLease;
import tools.jackson.databind.JsonNode;

/** Tests of the commands as an administrator types them, in a fixed order on one home directory. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CommandLineTest {

    private static final String UNKNOWN_GUID = "00000000-0000-4000-8000-000000000000";

    @TempDir
    private static Path home;

    private static RunningLibrary peer;
    private static HomeServer keptRunning;

    @BeforeAll
    static void start() {
        peer = RunningLibrary.start();
        peer.publish("Safe water");
        peer.publish("Clean hands");
        keptRunning = HomeServer.start(home);
        Library.open(LibrarySettings.in(home).with(Settings.LANGUAGES, "en")).close();
    }

    @AfterAll
    static void stop() {
        keptRunning.close();
        peer.close();
    }

    private static CommandAnswer run(String... args) {
        return CommandAnswer.of(CommandAnswer.at(home, args));
    }

    private static CommandAnswer runWithInput(String input, String... args) {
        return CommandAnswer.withInput(input, CommandAnswer.at(home, args));
    }

    private static void failed(CommandAnswer answer, String... said) {
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err().lines()).as(answer.err()).hasSize(1);
        assertThat(answer.err()).startsWith("library: ").contains(said);
    }

    @Test
    @Order(1)
    void an_empty_library_suggests_the_next_step() {
        assertThat(run("list_peers").out()).contains("Queryable peers", "add one with add_peer");
        assertThat(run("sync_log").out()).contains("no runs yet");
        CommandAnswer sync = run("sync_peer_resources");
        assertThat(sync.code()).isZero();
        assertThat(sync.err()).contains("add_peer");
    }

    @Test
    @Order(2)
    void a_new_account_has_a_key_of_forty_hexadecimal_digits() {
        CommandAnswer made = runWithInput(
                "a long password\n", "create_user", "me@example.org", "--role", "reviewer", "--password-stdin");
        assertThat(made.out()).isEqualTo("me@example.org, reviewer" + System.lineSeparator());
        assertThat(run("api-key", "me@example.org").out().strip()).matches("[0-9a-f]{40}");

        failed(
                runWithInput("a long password\n", "create_user", "me@example.org", "--role=member", "--password-stdin"),
                "me@example.org already");
        failed(runWithInput("short\n", "create_user", "you", "--role=member", "--password-stdin"), "5 characters");
        failed(
                runWithInput("password1\n", "create_user", "boss", "--role=admin", "--password-stdin"),
                "the password is too common");
        failed(runWithInput("", "create_user", "you", "--role=member", "--password-stdin"), "standard input");
        failed(run("api_key", "nobody"), "no account nobody");
    }

    @Test
    @Order(3)
    void adding_a_peer_twice_leaves_it_unchanged() {
        String key = peer.key(RunningLibrary.READER).secret();
        CommandAnswer added = runWithInput(
                key + "\n", "add_peer", peer.address() + "/", "--name=Malawi Library", "--user=reader", "--key-stdin");
        String line = "[1] Malawi Library, " + peer.address() + System.lineSeparator();
        assertThat(added.out()).isEqualTo(line);
        assertThat(run("add_peer", peer.address(), "--name=Other", "--user=u", "--key=k"))
                .isEqualTo(new CommandAnswer(0, line, ""));
        assertThat(run("list-peers").out()).isEqualTo("Queryable peers" + System.lineSeparator() + line);

        failed(run("add_peer", "ftp://a.example.org", "--name=A", "--user=u", "--key=k"), "ftp://a.example.org");
        failed(run("add_peer", "http://a.example.org", "--name=A", "--user=u", "--key="), "API key");
    }

    @Test
    @Order(4)
    void a_dry_run_changes_nothing_and_a_sync_adds_resources() {
        JsonNode preview =
                run("sync_peer_resources", "1", "--dry-run", "--json").json().get(0);
        assertThat(preview.get("new_resources").asInt()).isEqualTo(2);
        assertThat(run("sync_log").out()).contains("no runs yet");

        CommandAnswer sync = run("sync-peer-resources");
        assertThat(sync.code()).isZero();
        assertThat(sync.out()).contains("[1] Malawi Library", "2 new, 0 updated", "succeeded");

        JsonNode again = run("sync_peer_resources", "--json").json().get(0);
        assertThat(again.propertyNames())
                .containsExactly(
                        "peer",
                        "name",
                        "status",
                        "new_resources",
                        "updated_resources",
                        "unchanged_resources",
                        "skipped_local_resources",
                        "failed_resources",
                        "withdrawn_resources",
                        "left_out_resources",
                        "remarked_resources",
                        "requests",
                        "filtered_date",
                        "started",
                        "finished",
                        "message",
                        "remarks");
        assertThat(again.get("new_resources").asInt()).isZero();
        assertThat(run("sync_log", "1", "--json").json())
                .hasSize(2)
                .last()
                .satisfies(
                        first -> assertThat(first.get("new_resources").asInt()).isEqualTo(2));
    }

    @Test
    @Order(5)
    void a_comparison_counts_what_is_equal_and_different() {
        assertThat(run("compare", "1").out())
                .contains(
                        "serves 2 resources",
                        "equal: 2",
                        "missing here: 0",
                        "different: 0",
                        "no longer served there: 0");
        assertThat(run("compare", "1", "--sync", "--json").json())
                .singleElement()
                .satisfies(summary -> {
                    assertThat(summary.get("equal").asInt()).isEqualTo(2);
                    assertThat(summary.get("complete").asBoolean()).isTrue();
                });
        failed(run("compare", "9"), "no peer 9");
        assertThat(run("sync_peer_resources", "--full").code()).isEqualTo(2);
        assertThat(run("sync_peer_resources", "--reconcile", "--dry-run").out()).contains("by the peer's own digest");
    }

    @Test
    @Order(5)
    void waiting_resources_are_listed_approved_and_rejected() {
        List<JsonNode> waiting = run("review", "list", "--json").json();
        assertThat(waiting)
                .extracting(node -> node.get("title").asString())
                .containsExactlyInAnyOrder("Safe water", "Clean hands");
        String guid = waiting.get(0).get("guid").asString();
        assertThat(run("review", "reject", guid).out()).startsWith("1 rejected");
        failed(run("review", "approve", UNKNOWN_GUID), UNKNOWN_GUID);
        failed(run("review", "approve", "no-guid"), "no-guid");
        assertThat(run("review", "approve", "--all").out()).startsWith("1 approved");
        assertThat(run("review", "list").out()).contains("No resources are waiting");
    }

    @Test
    @Order(6)
    void an_export_can_be_imported_elsewhere_and_a_second_import_changes_nothing(@TempDir Path folder)
            throws Exception {
        Path file = folder.resolve("all.jsonl");
        assertThat(run("export", file.toString()).code()).isZero();
        assertThat(Files.readAllLines(file)).hasSize(2);
        assertThat(run("import", file.toString()).out()).contains("2 from a peer and left unchanged");

        Path content = folder.resolve("own.jsonl");
        Files.writeString(
                content,
                "{\"guid\": \"" + UNKNOWN_GUID + "\", \"title\": \"Ours\", \"title_ar\": \"لنا\"}\n\n",
                StandardCharsets.UTF_8);
        assertThat(run("import", content.toString(), "--approve").out()).startsWith("1 new and approved");
        assertThat(run("import", content.toString()).out()).contains("0 new", "1 unchanged");
        assertThat(run("export").out()).contains("لنا");
    }

    @Test
    @Order(7)
    void an_error_names_the_file_as_the_user_typed_it(@TempDir Path folder) throws Exception {
        Path missing = folder.resolve("missing").resolve("all.jsonl");
        failed(run("export", missing.toString()), missing.toString(), "folder");
        failed(run("import", folder.toString()), folder.toString(), "nothing was imported");
        Path kept = Files.writeString(folder.resolve("latin1.jsonl"), "x", StandardCharsets.UTF_8);
        Files.write(kept, new byte[] {(byte) 0xe9});
        failed(run("import", kept.toString()), "not UTF-8");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(kept);
        }
    }

    @Test
    @Order(7)
    void a_file_with_an_invalid_line_is_not_imported_and_the_line_is_named(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("bad.jsonl");
        Files.writeString(
                file,
                "{\"guid\": \"11111111-0000-4000-8000-000000000000\", \"title\": \"Fine\"}\n{\"guid\": \"x\"}\n[1]\n{\n");
        CommandAnswer answer = run("import", file.toString());
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).contains("line 2", "line 3", "line 4", "nothing was imported");
        assertThat(run("export").out()).doesNotContain("Fine");
        failed(run("import", folder.resolve("none.jsonl").toString()), "there is no file");
    }

    @Test
    @Order(7)
    void an_invalid_value_is_reported_with_its_line_and_field(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("values.jsonl");
        Files.writeString(file, """
                {"guid": "11111111-0000-4000-8000-000000000001", "title": "Fine", "born_on": "2019", "study_time_number": "1.5", \
                "study_time_unit": "hours"}
                {"guid": "11111111-0000-4000-8000-000000000002", "title": "Bad", "born_on": "03/04/2019", "study_time_number": 20, \
                "study_time_unit": "aeons"}
                """);
        CommandAnswer answer = run("import", file.toString());

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err())
                .contains(
                        "line 2: study_time_unit: not understood (\"aeons\")",
                        "line 2: born_on: not understood (\"03/04/2019\")",
                        "nothing was imported")
                .doesNotContain("line 1");
        assertThat(run("export").out()).doesNotContain("Fine");
    }

    @Test
    @Order(8)
    void a_peer_that_fails_does_not_stop_the_others_and_its_run_is_logged() throws Exception {
        int nobodysPort;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobodysPort = socket.getLocalPort();
        }
        run("add_peer", "http://127.0.0.1:" + nobodysPort, "--name=Gone", "--user=u", "--key=secret-of-gone");

        CommandAnswer answer = run("sync_peer_resources", "2", "1", "77");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err())
                .contains("there is no peer 77", "[2] Gone", "refuses connections")
                .doesNotContain("secret-of-gone", "\tat ");
        assertThat(answer.out()).contains("[1] Malawi Library");
        JsonNode log = run("sync_log", "2", "--json").json().get(0);
        assertThat(log.get("status").asString()).isEqualTo("failed");
        assertThat(log.get("message").asString()).contains("refuses connections");
        failed(run("sync_log", "77"), "no peer 77");
    }

    @Test
    @Order(9)
    void a_busy_peer_is_reported_and_the_others_are_synced() {
        LibrarySettings settings = LibrarySettings.in(home).with(Settings.LANGUAGES, "en");
        try (Library elsewhere = Library.open(settings);
                PeerLease held =
                        elsewhere.storage().harvest().claim(new PeerId(2)).orElseThrow()) {
            assertThat(held.peer()).isEqualTo(new PeerId(2));
            CommandAnswer answer = run("sync_peer_resources", "2", "1", "--json");
            assertThat(answer.code()).isEqualTo(1);
            assertThat(answer.err()).contains("another run");
            assertThat(answer.json())
                    .extracting(node -> node.get("status").asString())
                    .containsExactly("failed", "succeeded");
        }
    }

    @Test
    @Order(9)
    void a_used_port_is_reported_in_one_line() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            failed(run("serve", "--port=" + taken.getLocalPort()), "in use", "--port");
        }
        failed(run("serve", "--port=70000"), "70000");
    }

    @Test
    @Order(10)
    void a_home_that_cannot_be_created_is_reported_in_one_line(@TempDir Path folder) throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        failed(CommandAnswer.of("list_peers", "--home=" + file.resolve("home")), "--home");
    }

    @Test
    @Order(11)
    void a_stack_trace_is_printed_only_on_request() {
        CommandAnswer answer = run("api_key", "nobody", "--verbose");
        assertThat(answer.err()).contains("library: there is no account nobody", "\tat ");
    }

    @Test
    @Order(12)
    void an_upstream_change_is_listed_and_explained_and_the_overwritten_revision_can_be_restored() {
        peer.library().storage().catalogue().changes(0, 2).forEach(CommandLineTest::editAtThePeer);
        assertThat(run("sync_peer_resources", "1").out()).contains("0 new, 2 updated");
        assertThat(run("review", "list").out()).contains("Changed upstream", ", approved", ", rejected");
        JsonNode approved = run("review", "list", "--json").json().stream()
                .filter(node -> node.get("status").asString().equals("approved"))
                .findFirst()
                .orElseThrow();
        assertThat(approved.get("reason").asString()).isEqualTo("changed upstream");
        String guid = approved.get("guid").asString();
        assertThat(run("review", "approve", guid).out()).startsWith("1 approved");
        assertThat(run("review", "list", "--json").json()).hasSize(1);

        List<JsonNode> history = run("history", guid, "--json").json();
        assertThat(history).extracting(node -> node.get("revision").asInt()).containsExactly(2, 1);
        assertThat(history.get(0).get("peer_name").asString()).isEqualTo("Malawi Library");
        assertThat(history.get(0).get("title").asString()).endsWith(", edited");
        String told = run("history", guid).out();
        assertThat(told)
                .contains(
                        "follows [1] Malawi Library",
                        "created by Malawi Library",
                        "from [1] Malawi Library",
                        "(current)");

        assertThat(run("restore", guid, "1").out()).contains("as revision 3", "until Malawi Library changes");
        assertThat(run("history", guid, "--json").json().get(0).get("author").asString())
                .isEqualTo("library");
        failed(run("restore", guid, "9"), "no revision 9", "1 to 3");
        failed(run("restore", UNKNOWN_GUID.replace('0', 'f'), "1"), "no resource");
        failed(run("history", UNKNOWN_GUID.replace('0', 'f')), "no resource");
    }

    private static void editAtThePeer(CatalogueEntry entry) {
        Resource resource = entry.resource();
        String title = resource.content().title().best(List.of("en")) + ", edited";
        peer.library()
                .storage()
                .resources()
                .save(resource.edit(
                        resource.content().toBuilder()
                                .title(LocalizedText.of("en", title))
                                .build(),
                        RunningLibrary.REVIEWER,
                        peer.library().clock().instant()));
    }

    @Test
    @Order(13)
    void a_peer_is_edited_and_removed_and_its_resources_stay() {
        assertThat(run("edit_peer", "1", "--no-active", "--name", "Malawi").out())
                .isEqualTo(
                        "[1] Malawi, " + peer.address() + " (will not be synced: not active)" + System.lineSeparator());
        assertThat(run("edit-peer", "1", "--active", "--review-updates", "--archive-withdrawn")
                        .out())
                .isEqualTo("[1] Malawi, " + peer.address() + System.lineSeparator());
        assertThat(run("edit_peer", "1", "--publication", "publish-everything").code())
                .isZero();
        failed(
                run("edit_peer", "1", "--publication", "publish-updates", "--review-updates"),
                "--publication and --review-updates contradict each other");
        assertThat(run("edit_peer", "1", "--publication", "all").err())
                .contains(
                        "'all' is not a publication policy; use one of review-everything, publish-updates, publish-everything");
        assertThat(runWithInput("another\n", "edit_peer", "1", "--key-stdin").code())
                .isZero();
        assertThat(run("sync_peer_resources", "1").err()).contains("rejected the API key", "401");

        assertThat(run("remove_peer", "1").out()).contains("removed [1] Malawi", "kept 2 resources");
        failed(run("remove_peer", "1"), "no peer 1");
        failed(run("edit_peer", "1", "--active"), "no peer 1");
        assertThat(run("list_peers").out()).doesNotContain("Malawi");
        assertThat(run("sync_log").out()).contains("[1] Malawi");
        assertThat(run("export").out().lines().count()).isEqualTo(3);
    }
}
