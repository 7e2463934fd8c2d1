package org.librarypeers.app.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.domain.UserName;
import org.librarypeers.http.HttpPeerClient;
import org.librarypeers.http.ScriptedOrbSite;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncScope;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.SyncSettings;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.storage.HarvestProgress;
import org.librarypeers.sync.storage.HarvestRepository;
import org.librarypeers.sync.storage.PeerLease;

/** Tests of the page that compares a peer, between two running libraries. */
class ComparePagesTest extends SyncedLibrary {

    private RunningLibrary there;
    private Peer peer;
    private Resource first;
    private Resource second;

    @BeforeEach
    void twoResourcesFromThere() {
        there = RunningLibrary.start();
        first = there.publish("Safe water");
        second = there.publish("Hand <b>washing");
        peer = here.addPeer(there);
        here.library().sync().sync(peer, SyncListener.NONE);
    }

    @AfterEach
    void closeThere() {
        there.close();
    }

    private String address() {
        return "/peers/" + peer.id() + "/compare";
    }

    private static List<String> figures(Document page) {
        return page.select("main dl.facts dd").eachText();
    }

    @Test
    void equal_libraries_have_nothing_to_sync() {
        assertThat(admin.get("/peers/" + peer.id()).page().select("a[href=" + address() + "]"))
                .hasSize(1);
        assertThat(admin.get(address()).page().select("dl.facts")).isEmpty();

        Document page = admin.get(address() + "?now=1").page();

        assertThat(figures(page)).containsExactly("2", "0", "0", "0");
        assertThat(page.select("button[value=differences]")).isEmpty();
    }

    @Test
    void each_group_is_shown_and_just_these_are_synced() {
        there.publish("Missing here");
        change(first);
        there.library()
                .storage()
                .resources()
                .save(found(second).archive(there.library().clock().instant()));

        Document page = admin.get(address() + "?now=1").page();

        assertThat(figures(page)).containsExactly("0", "1", "1", "1");
        assertThat(page.select("main .rows a").eachText()).containsExactly("Safe water", "Hand <b>washing");
        PageClient.Answer sent = admin.submit(page, "main form[method=post]", "scope", "differences");
        assertThat(sent.location()).startsWith("/peers/" + peer.id() + "/runs/");
        await(
                "the run has ended",
                () -> here.library().storage().syncLogs().running(peer.id()).isEmpty());
        SyncLog run = here.library().storage().syncLogs().recent(peer.id(), 1).get(0);
        assertThat(run.tally().added()).isEqualTo(1);
        assertThat(run.tally().updated()).isEqualTo(1);
        // Half of the resources is more than a fifth, so nothing is withdrawn.
        assertThat(run.message()).contains("20 %");
        assertThat(figures(admin.get(address() + "?now=1").page())).containsExactly("2", "0", "0", "1");
    }

    private Resource found(Resource resource) {
        return there.library().storage().resources().find(resource.guid()).orElseThrow();
    }

    private void change(Resource resource) {
        there.library()
                .storage()
                .resources()
                .save(found(resource)
                        .edit(
                                Samples.titled("Safer water"),
                                new UserName("amina"),
                                there.library().clock().instant()));
    }

    @Test
    void a_scheduled_reconciliation_is_complete_by_the_digest_of_the_peer() {
        SyncLog run = here.library()
                .sync()
                .sync(peer, SyncScope.EVERYTHING, SyncListener.NONE)
                .log();

        assertThat(run.message()).contains("complete as of", "by the peer's own digest");
        assertThat(run.requests()).isEqualTo(2);
    }

    @Test
    void the_page_of_a_peer_reconciles_by_digests_and_reads_everything_on_request() {
        SyncLog reconciled = startFromThePage("reconciliation");
        SyncLog whole = startFromThePage("everything");

        assertThat(reconciled.message()).contains("by the peer's own digest");
        assertThat(reconciled.since()).isNotNull();
        assertThat(whole.message()).isNull();
        assertThat(whole.since()).isNull();
        assertThat(whole.tally()).isEqualTo(SyncTally.NONE.unchanged(2));
    }

    private SyncLog startFromThePage(String scope) {
        Document page = admin.get("/peers/" + peer.id()).page();
        assertThat(page.select("form[action$=/sync] button").eachAttr("value"))
                .containsExactly("changes", "reconciliation", "everything");
        admin.submit(page, "form[action$=/sync]", "scope", scope);
        await(
                "the run has ended",
                () -> here.library().storage().syncLogs().running(peer.id()).isEmpty());
        return here.library().storage().syncLogs().recent(peer.id(), 1).get(0);
    }

    @Test
    void a_preview_offers_the_same_choice_and_predicts_what_was_chosen() {
        Document page = admin.get("/peers/" + peer.id() + "/preview").page();
        assertThat(page.select("input[name=scope]").eachAttr("value"))
                .containsExactly("changes", "reconciliation", "everything");

        Document digests = admin.submit(page, "main form[action$=/preview]", "scope", "reconciliation")
                .page();
        Document whole = admin.submit(page, "main form[action$=/preview]", "scope", "everything")
                .page();

        assertThat(digests.select("#preview [lang=en]").text()).contains("by the peer's own digest");
        assertThat(digests.select("#preview button").eachAttr("value")).containsExactly("reconciliation");
        assertThat(whole.select("#preview").text()).contains("2 Unchanged").doesNotContain("digest");
        assertThat(whole.select("#preview button").eachAttr("value")).containsExactly("everything");
    }

    @Test
    void a_run_that_finds_too_many_differences_reads_the_whole_list_with_the_same_session() {
        there.publishMany(30);
        missEverything();
        try (HttpPeerClient client = HttpPeerClient.builder().build();
                SyncService careful = SyncService.builder()
                        .storage(here.library().storage())
                        .client(client)
                        .settings(SyncSettings.builder().differences(5).build())
                        .build()) {
            SyncLog run =
                    careful.sync(peer, SyncScope.EVERYTHING, SyncListener.NONE).log();

            assertThat(run.message()).contains("more than 5 resources differ");
            assertThat(run.tally()).isEqualTo(SyncTally.NONE.added(30).unchanged(2));
        }
    }

    /** Moves the cursor behind everything that the other library has, as if a run had lost it. */
    private void missEverything() {
        HarvestRepository harvest = here.library().storage().harvest();
        long position = there.library().storage().catalogue().feed(0, 1_000).position();
        try (PeerLease lease = harvest.claim(peer.id()).orElseThrow()) {
            harvest.commit(
                    lease,
                    new HarvestProgress(
                            here.library().clock().instant(),
                            HttpPeerClient.cursorAt(position, null),
                            Map.of(),
                            Map.of(),
                            Set.of(),
                            List.of(),
                            Set.of()));
        }
    }

    @Test
    void an_existing_site_cannot_be_compared() {
        Peer site = peer(site("One"));

        assertThat(admin.get("/peers/" + site.id()).page().select("a[href$=/compare]"))
                .isEmpty();
        assertThat(admin.get("/peers/" + site.id())
                        .page()
                        .select("form[action$=/sync] button")
                        .eachAttr("value"))
                .containsExactly("changes", "reconciliation");
        assertThat(admin.get("/peers/" + site.id() + "/compare?now=1").page().select("main .problem"))
                .hasSize(1);
        assertThat(admin.get("/peers/999/compare").status()).isEqualTo(404);
    }

    @Test
    void a_peer_that_does_not_answer_is_explained() {
        String host = there.address();
        there.close();

        Document page = admin.get(address() + "?now=1").page();

        assertThat(page.select("main .problem").text()).contains(host);
        there = RunningLibrary.start();
    }

    @Test
    void a_site_without_digests_does_not_confuse_the_scripted_one() {
        ScriptedOrbSite old = site("One");
        Peer site = peer(old);
        here.library().sync().sync(site, SyncListener.NONE);

        assertThat(here.library().sync().compare(site)).isEmpty();
    }
}
