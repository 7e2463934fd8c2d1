package org.librarypeers.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.HomeServer;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Outcome;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.QuarantineReason;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.http.ScriptedOrbSite;
import org.librarypeers.http.ScriptedResource;
import org.librarypeers.http.SiteFault;
import org.librarypeers.sync.storage.RunItem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Tests of what the commands report about a peer with problems. */
class SyncCommandsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private static Path home;

    private static HomeServer server;

    private final ScriptedOrbSite site = new ScriptedOrbSite().throttle(1_000_000);
    private final List<ScriptedResource> six =
            IntStream.range(0, 6).mapToObj(i -> site.add("Resource " + i)).toList();

    @BeforeAll
    static void start() {
        server = HomeServer.start(home);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void add() {
        run(
                "add_peer",
                site.host(),
                "--name=Old ORB",
                "--user=" + ScriptedOrbSite.USER,
                "--key=" + ScriptedOrbSite.KEY);
    }

    @AfterEach
    void forget() {
        server.dropLibrary();
        site.close();
    }

    /** Runs a command, asserts its exit code and returns its output. */
    private String run(int code, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of(args));
        all.add("--home=" + home);
        int ended = LibraryCommand.run(new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
        assertThat(ended).as(out + "\n" + err).isEqualTo(code);
        return out.toString();
    }

    private String run(String... args) {
        return run(0, args);
    }

    @Test
    void quarantined_items_are_listed_until_they_are_fixed_and_a_reconciliation_finds_withdrawn_ones() {
        site.always("/api/v1/resource/" + six.get(2).id() + "/", SiteFault.page(200));

        assertThat(run("sync_peer_resources")).contains("5 new", "1 failed", "succeeded");
        assertThat(run("sync_log", "1"))
                .contains("Quarantined items of [1] Old ORB")
                .contains("  " + six.get(2).id() + ", " + six.get(2).guid() + ": peer answered with text/html")
                .contains("(1 attempt since ")
                .doesNotContain(ScriptedOrbSite.KEY);
        run("sync_peer_resources", "1");
        assertThat(run("sync_log")).contains("(2 attempts since ");

        site.mend();
        site.remove(six.get(4).id());
        assertThat(run("sync_peer_resources", "--dry-run", "--reconcile")).contains("1 new", "1 withdrawn");
        assertThat(run("review", "list")).doesNotContain("withdrawn");
        assertThat(run("sync_peer_resources", "--reconcile")).contains("1 new", "0 failed", "1 withdrawn");
        assertThat(run("sync_log")).doesNotContain("Quarantined items");
        assertThat(run("review", "list")).containsIgnoringCase("withdr").contains("Resource 4");
    }

    @Test
    void a_selection_rule_is_previewed_saved_applied_and_removed() {
        assertThat(run("edit_peer", "1", "--include", "text:Resource 1", "--include=text:Resource 2"))
                .contains("Old ORB");
        assertThat(run("list_peers", "--json"))
                .contains("\"selection\":\"text:\\\"Resource 1\\\" text:\\\"Resource 2\\\"\"");
        JsonNode first = JSON.readTree(run("sync_peer_resources", "--json"));
        assertThat(first.get("new_resources").asInt()).isEqualTo(2);
        assertThat(first.get("left_out_resources").asInt()).isEqualTo(4);

        String preview = run("edit_peer", "1", "--include=text:resource", "--exclude", "text:Resource 2", "--preview");
        assertThat(preview.lines().map(String::strip))
                .contains(
                        "rule: text:resource -text:\"Resource 2\"",
                        "5 would be taken",
                        "4 newly taken",
                        "1 here, and no longer followed");
        assertThat(run("edit_peer", "1", "--take-everything")).contains("Old ORB");
        assertThat(run("sync_peer_resources")).contains("4 new");
        run(2, "edit_peer", "1", "--include=colour:red");
        run(2, "edit_peer", "1", "--exclude=type:mp4");
    }

    @Test
    void an_incomplete_list_archives_nothing_and_history_names_the_run_that_archived_a_resource() {
        run("sync_peer_resources");
        run("review", "approve", "--all");
        run("edit_peer", "1", "--archive-withdrawn");
        site.always("/api/v1/resource/", SiteFault.changed(page -> {
            ArrayNode objects = page.withArray("objects");
            if (objects.size() == 6) {
                objects.remove(5);
            }
            return page;
        }));
        String numbers = "with 5 of the 6 resources that it announced";

        assertThat(run(1, "sync_peer_resources", "--reconcile", "--dry-run")).contains("0 withdrawn");
        run(1, "sync_peer_resources", "--reconcile");
        assertThat(run("sync_log"))
                .contains("failed: requested everything", site.host() + " sent an incomplete list, " + numbers);
        assertThat(run("sync_peer_resources", "--reconcile")).contains("succeeded", "0 withdrawn", numbers);
        assertThat(run("history", six.get(5).guid().toString()))
                .contains(", approved")
                .doesNotContain("withdrawn by run");

        site.mend();
        site.remove(six.get(5).id());
        assertThat(run("sync_peer_resources", "--reconcile")).contains("1 withdrawn");

        assertThat(run("history", six.get(5).guid().toString()))
                .contains(", archived")
                .contains("withdrawn by run 4 of [1] Old ORB, ")
                .contains(
                        ": no longer in its complete list of 5 resources; archived, because the peer is set to archive"
                                + " withdrawn resources");
        JsonNode withdrawal = JSON.readTree(run("history", six.get(5).guid().toString(), "--json"))
                .path("withdrawals")
                .path(0);
        assertThat(withdrawal.path("run").asInt()).isEqualTo(4);
        assertThat(withdrawal.path("archived").asBoolean()).isTrue();
        assertThat(withdrawal.path("peer_name").asString()).isEqualTo("Old ORB");
        assertThat(withdrawal.path("reason").asString()).startsWith("no longer in its complete list of 5 resources");
    }

    @Test
    void remarks_are_shown_by_a_preview_a_run_and_the_log() {
        six.get(1).tag("Audience", "x".repeat(120));
        six.get(1).set("born_on", "03/04/2019");
        String remarks =
                "accepted with remarks: " + six.get(1).id() + ", " + six.get(1).guid();
        String date = "born_on: not understood, left out (\"03/04/2019\")";
        String tag = "tags[0]: tag left out (tag name is 120 characters long; at most 100 are allowed)";

        assertThat(run("sync_peer_resources", "--dry-run"))
                .contains("6 new", "; 1 accepted with remarks", remarks, date, tag);
        JsonNode done = JSON.readTree(run("sync_peer_resources", "--json"));
        JsonNode logged = JSON.readTree(run("sync_log", "--json"));

        for (JsonNode line : List.of(done, logged)) {
            assertThat(line.get("remarked_resources").asInt()).isEqualTo(1);
            assertThat(line.get("remarks")).hasSize(3);
            JsonNode first = line.get("remarks").get(0);
            assertThat(first.get("remote_id").asString())
                    .isEqualTo(String.valueOf(six.get(1).id()));
            assertThat(first.get("guid").asString()).isEqualTo(six.get(1).guid().toString());
            assertThat(first.get("kind").asString()).isEqualTo("value_not_understood");
            assertThat(first.get("field").asString()).isEqualTo("born_on");
            assertThat(first.get("detail").asString()).isEqualTo("\"03/04/2019\"");
        }
        assertThat(run("sync_peer_resources")).contains("0 new", "0 updated").doesNotContain("remarks");
    }

    @Test
    void each_run_lists_its_failed_items_with_their_reasons_as_json() {
        site.always("/api/v1/resource/" + six.get(2).id() + "/", SiteFault.page(200));
        run("sync_peer_resources");
        site.mend();
        run("sync_peer_resources");

        List<JsonNode> runs =
                run("sync_log", "--json").lines().map(JSON::readTree).toList();

        assertThat(runs).hasSize(2);
        assertThat(runs.get(0).get("failed_items")).isEmpty();
        assertThat(runs.get(1).get("failed_items")).singleElement().satisfies(item -> {
            assertThat(item.get("remote_id").asString())
                    .isEqualTo(String.valueOf(six.get(2).id()));
            assertThat(item.get("guid").asString()).isEqualTo(six.get(2).guid().toString());
            assertThat(item.get("reason").asString()).startsWith("peer answered with text/html");
        });
        assertThat(runs).noneMatch(each -> each.has("failed_items_left_out"));
    }

    @Test
    void failed_items_that_a_json_line_leaves_out_are_counted() {
        SyncLog log = SyncLog.start(new SyncLogId(7), new PeerId(1), null, Instant.EPOCH)
                .progressed(SyncTally.NONE.failed(5), 6);
        Peer peer = site.peer(new PeerId(1));
        Outcome failed = new Outcome(
                Outcome.Kind.FAILED,
                "12",
                null,
                new QuarantineReason(QuarantineReason.Kind.NO_TITLE, "it has no title"));

        Map<String, Object> line = SyncFields.of(peer, log, List.of(new RunItem(failed, null, LocalizedText.empty())));

        Map<String, Object> item = new HashMap<>();
        item.put("remote_id", "12");
        item.put("guid", null);
        item.put("reason", "it has no title");
        assertThat(line).containsEntry("failed_items", List.of(item)).containsEntry("failed_items_left_out", 4);
    }

    @Test
    void a_json_line_has_each_count_under_its_own_name() {
        SyncLog log = SyncLog.start(
                        new SyncLogId(7), new PeerId(5), new Cursor("token", "2020-01-01T00:00:00"), Instant.EPOCH)
                .progressed(
                        SyncTally.NONE
                                .added(1)
                                .updated(2)
                                .unchanged(3)
                                .keptLocal(10)
                                .keptOtherSource(20)
                                .failed(6)
                                .withdrawn(7)
                                .remarked(8)
                                .leftOut(11),
                        9)
                .failed("it broke off", Instant.EPOCH.plusSeconds(60));

        Map<String, Object> line = SyncFields.of(site.peer(new PeerId(5)), log);

        Map<String, Object> expected = new HashMap<>();
        expected.put("peer", 5L);
        expected.put("name", site.peer(new PeerId(5)).name());
        expected.put("status", "failed");
        expected.put("new_resources", 1);
        expected.put("updated_resources", 2);
        expected.put("unchanged_resources", 23);
        expected.put("skipped_local_resources", 10);
        expected.put("failed_resources", 6);
        expected.put("withdrawn_resources", 7);
        expected.put("left_out_resources", 11);
        expected.put("remarked_resources", 8);
        expected.put("requests", 9);
        expected.put("filtered_date", "2020-01-01T00:00:00");
        expected.put("started", "1970-01-01T00:00:00Z");
        expected.put("finished", "1970-01-01T00:01:00Z");
        expected.put("message", "it broke off");
        assertThat(line).isEqualTo(expected);
        assertThat(log.tally().words())
                .isEqualTo("1 new, 2 updated, 3 unchanged, 10 kept local, 6 failed, 7 withdrawn,"
                        + " 20 kept from another source, 11 left out by rule; 8 accepted with remarks");
        assertThat(RunSummary.how(log))
                .isEqualTo("failed: requested changes since 2020-01-01T00:00:00, 9 requests, 60.0 s");
    }

    @Test
    void a_requested_reconciliation_reads_every_detail_again() {
        run("sync_peer_resources");
        // The date stays the same, so only a run that reads every detail finds the change.
        six.forEach(resource -> site.editParts(resource.id(), one -> one.text("title", "en", "Changed")));

        assertThat(run("sync_peer_resources")).contains("0 updated", "6 unchanged");
        assertThat(run("sync_peer_resources", "--reconcile")).contains("6 updated", "0 unchanged");
    }

    @Test
    void a_peer_is_synced_automatically_after_its_first_sync_or_as_set() {
        run("add_peer", "http://127.0.0.1:9", "--name=Now", "--user=u", "--key=k", "--schedule");
        assertThat(scheduled()).containsExactly(false, true);
        run("sync_peer_resources", "1", "--dry-run");
        assertThat(scheduled()).containsExactly(false, true);

        run("sync_peer_resources", "1");
        run("edit_peer", "2", "--no-schedule");
        assertThat(scheduled()).containsExactly(true, false);
        run("edit_peer", "2", "--name=Later");
        assertThat(scheduled()).containsExactly(true, false);
        run("edit_peer", "2", "--schedule");
        assertThat(scheduled()).containsExactly(true, true);
    }

    @Test
    void a_peer_can_be_added_without_being_synced() {
        run(
                "add_peer",
                "http://127.0.0.1:9",
                "--name=Not yet",
                "--user=u",
                "--key=k",
                "--no-active",
                "--publication=publish-everything");

        var peer = JSON.readTree(
                run("list_peers", "--json").lines().skip(1).findFirst().orElseThrow());
        assertThat(peer.get("active").asBoolean()).isFalse();
        assertThat(peer.get("publication").asString()).isEqualTo("publish_everything");
        assertThat(peer.get("archive_withdrawn").asBoolean()).isFalse();
    }

    private List<Boolean> scheduled() {
        return run("list_peers", "--json")
                .lines()
                .map(line -> JSON.readTree(line).get("scheduled").asBoolean())
                .toList();
    }
}
