package org.librarypeers.app.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.sync.contract.Await.await;

import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.web.EventReader;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.http.ScriptedOrbSite;
import org.librarypeers.http.ScriptedResource;
import org.librarypeers.http.SiteAnswer;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncScope;
import org.librarypeers.sync.scheduler.RunStart;

/** Tests of starting, watching and cancelling syncs in a browser, with real sites and a real database. */
class SyncPagesTest extends SyncedLibrary {

    @Test
    void remarks_are_listed_on_the_pages_of_the_run_and_of_the_review() {
        ScriptedOrbSite site = site("Plain");
        ScriptedResource water = site.add("Water").set("born_on", "<b>soon</b>").set("study_time_unit", "aeons");
        Peer peer = peer(site);
        Document asked = admin.get("/peers/" + peer.id() + "/preview").page();
        Document preview = admin.submit(asked, "main form[action$=/preview]").page();
        here.library().sync().sync(peer, SyncListener.NONE);

        assertThat(preview.select("#preview code").eachText()).containsExactlyInAnyOrder("born_on", "study_time_unit");
        Document run =
                admin.get("/peers/" + peer.id() + "/runs/" + last(peer).id()).page();
        String link = run.selectFirst("a[href*=outcome=remarked]").attr("href");
        Document items = admin.get(link).page();
        assertThat(items.select("tbody th").eachText()).containsExactly("Water");
        assertThat(items.select("tbody code").eachText()).containsExactlyInAnyOrder("born_on", "study_time_unit");
        assertThat(items.select("tbody").text())
                .contains("the value could not be understood and was left out", "<b>soon</b>");
        assertThat(admin.get("/review")
                        .page()
                        .select("li[data-entry]:contains(Water) .mark")
                        .eachText())
                .contains("2 remarks");
        Document review = admin.get("/review/" + water.guid()).page();
        assertThat(review.select("section[aria-labelledby=h-remarks] code").eachText())
                .containsExactlyInAnyOrder("born_on", "study_time_unit");
    }

    private SyncLog last(Peer peer) {
        return here.library().storage().syncLogs().recent(peer.id(), 1).get(0);
    }

    private String begin(Peer peer) {
        Document page = admin.get("/peers/" + peer.id()).page();
        PageClient.Answer answer = admin.submit(page, "form[action$=/sync]", "scope", "changes");
        assertThat(answer.status()).isEqualTo(303);
        return answer.location();
    }

    @Test
    void a_sync_is_shown_live_until_it_ends_and_its_page_shows_the_result() throws Exception {
        Peer peer = heldPeer();

        String run = begin(peer);

        Document underWay = admin.get(run).page();
        assertThat(underWay.select("[sse-connect]").attr("sse-connect")).isEqualTo(run + "/events");
        assertThat(underWay.select("noscript meta[http-equiv=refresh]")).hasSize(1);
        try (EventReader events = admin.events(run + "/events")) {
            Document first = Jsoup.parseBodyFragment(events.next("news"));
            assertThat(first.select("progress")).hasSize(1);
            open.countDown();
            String newest = events.last("news", "end");
            assertThat(Jsoup.parseBodyFragment(newest).select(".numbers li").eachText())
                    .contains("3 New", "0 Failed");
            assertThat(events.isOver()).isTrue();
        }
        Document page = admin.get(run).page();
        assertThat(page.select("#run > p .mark").text()).isEqualTo("succeeded");
        assertThat(page.select("[sse-connect], noscript meta")).isEmpty();
        assertThat(page.select("table tbody tr").eachText())
                .containsExactly("One", "Two <script>alert(1)</script>", "Three");
        assertThat(page.select("main script")).isEmpty();
        assertThat(page.select(".hint").text()).startsWith("3 resources from this peer are waiting for review.");
    }

    @Test
    void a_second_start_leads_to_the_active_run() {
        Peer peer = heldPeer();
        String run = begin(peer);

        assertThat(begin(peer)).isEqualTo(run);
        assertThat(admin.get(run).page().select(".notice").text()).contains("already running");
    }

    @Test
    void a_cancelled_run_names_the_user_and_the_same_button_does_not_cancel_a_later_run() {
        Peer peer = heldPeer();
        String run = begin(peer);
        Document page = admin.get(run).page();

        assertThat(admin.submit(page, "form[action$=/cancel]").location()).isEqualTo(run);

        assertThat(last(peer).status()).isEqualTo(SyncStatus.INTERRUPTED);
        assertThat(admin.get(run).page().select("main").text())
                .contains("interrupted", "The sync was cancelled.", "cancelled by boss");
        open.countDown();
        await(
                "the end of the run",
                () -> here.library().sync().progress(peer.id()).isEmpty());
        RunStart next = here.library().schedule().runNow(peer, SyncScope.CHANGES);
        assertThat(next).isInstanceOf(RunStart.Started.class);
        PageClient.Answer late = admin.submit(page, "form[action$=/cancel]");
        assertThat(late.status()).isEqualTo(303);
        assertThat(late.location()).isEqualTo(run);
        assertThat(admin.get(run).page().select(".notice").text()).contains("had already ended");
        await("the end of the next run", () -> last(peer).status() != SyncStatus.RUNNING);
        assertThat(last(peer).status()).isEqualTo(SyncStatus.SUCCEEDED);
    }

    @Test
    void a_run_that_cannot_be_cancelled_goes_on() {
        Peer peer = heldPeer();
        String run = begin(peer);
        Document page = admin.get(run).page();
        here.execute("create function refuse() returns trigger language plpgsql as"
                + " $$ begin raise exception 'refused by the test'; end $$");
        here.execute("create trigger refuse before insert on audit_entry for each row execute function refuse()");

        assertThat(admin.submit(page, "form[action$=/cancel]").status()).isEqualTo(500);

        here.execute("drop function refuse cascade");
        open.countDown();
        await("the end of the run", () -> last(peer).status() != SyncStatus.RUNNING);
        assertThat(last(peer).status()).isEqualTo(SyncStatus.SUCCEEDED);
    }

    @Test
    void the_saved_progress_of_a_run_in_another_process_is_shown() throws Exception {
        Peer peer = heldPeer();
        try (Library other = here.openAgain()) {
            SyncLog begun = ((RunStart.Started) other.schedule().runNow(peer, SyncScope.CHANGES)).run();
            String run = "/peers/" + peer.id() + "/runs/" + begun.id();

            assertThat(admin.get(run).page().select("#run").text()).contains("another process");
            try (EventReader events = admin.events(run + "/events")) {
                assertThat(events.next("news")).contains("<progress");
                open.countDown();
                assertThat(events.last("news", "end")).contains("<b>3</b> New");
            }
        }
    }

    @Test
    void only_administrators_receive_events_and_an_unknown_run_sends_none() throws Exception {
        Peer peer = heldPeer();
        String run = begin(peer);
        PageClient reviewer = new PageClient(here.address());
        reviewer.signIn(RunningLibrary.REVIEWER.value(), "a reviewer's password");

        for (String path : List.of(run + "/events", "/peers/" + peer.id() + "/preview/events")) {
            try (EventReader refused = reviewer.events(path)) {
                assertThat(refused.status()).isEqualTo(403);
            }
        }
        try (EventReader nothing = admin.events("/peers/" + peer.id() + "/runs/7777/events")) {
            assertThat(nothing.isOver()).isTrue();
        }
    }

    @Test
    void stopping_the_server_ends_event_streams() throws Exception {
        Peer peer = heldPeer();
        try (EventReader events = admin.events(begin(peer) + "/events")) {
            events.next("news");

            here.server().close();

            assertThat(events.isOver()).isTrue();
        }
    }

    @Test
    void quarantined_items_are_shown_with_their_reasons_as_text() {
        ScriptedOrbSite site = site("Good");
        site.add("Bad");
        site.edit(
                2,
                resource ->
                        List.of("title", "title_en", "title_es", "title_pt_br").forEach(resource::without));
        Peer peer = peer(site);
        here.library().sync().sync(peer, SyncListener.NONE);
        String run = "/peers/" + peer.id() + "/runs/" + last(peer).id();

        Document ofRun = admin.get(run).page();
        Document ofPeer = admin.get("/peers/" + peer.id()).page();

        for (Document page : List.of(ofRun, ofPeer)) {
            assertThat(page.select("td.reason").text()).contains("title");
        }
        assertThat(ofPeer.select("svg.chart .added")).hasSize(1);
        assertThat(ofPeer.select("svg.chart .failed")).hasSize(1);
        assertThat(ofPeer.select("svg.chart g title").text()).contains("1 new, 0 updated, 1 failed");
        assertThat(admin.get("/peers").page().select("tbody td").last().text()).isEqualTo("1");
    }

    @Test
    void a_failed_run_explains_the_problem_of_the_peer_in_the_language_of_the_reader() {
        ScriptedOrbSite site = site("One");
        Peer peer = peer(site);
        site.always("/api/v1/resource/", right -> SiteAnswer.empty(401));
        here.library().sync().sync(peer, SyncListener.NONE);
        PageClient french = new PageClient(here.address(), "fr");
        french.signIn("boss", PASSWORD);

        Document page =
                french.get("/peers/" + peer.id() + "/runs/" + last(peer).id()).page();

        assertThat(page.select(".problem b").text()).startsWith(peer.address() + " refuse");
        assertThat(page.select("dd[lang=en]").text()).contains("401");
    }

    @Test
    void withdrawn_resources_found_by_a_reconciliation_are_listed() {
        ScriptedOrbSite site = site("One", "Two", "Three", "Four", "Five", "Six");
        Peer peer = peer(site);
        here.library().sync().sync(peer, SyncListener.NONE);
        site.withdraw(2, "archived");

        admin.submit(admin.get("/peers/" + peer.id()).page(), "form[action$=/sync]", "scope", "reconciliation");
        await(
                "the end",
                () -> last(peer).status() == SyncStatus.SUCCEEDED
                        && last(peer).id().value() > 1);

        Document page =
                admin.get("/peers/" + peer.id() + "/runs/" + last(peer).id()).page();
        assertThat(page.select(".numbers").text()).contains("1 Withdrawn");
        assertThat(page.select("h2#items").text()).isEqualTo("Resources that the peer has withdrawn");
        assertThat(page.select("tbody th").eachText()).containsExactly("Two");
        Document unchanged = admin.get(
                        page.selectFirst(".numbers a:contains(Unchanged)").attr("href"))
                .page();
        assertThat(unchanged.select("tbody th").eachText())
                .containsExactlyInAnyOrder("One", "Three", "Four", "Five", "Six");
        assertThat(unchanged.select(".numbers a[aria-current]").text()).isEqualTo("5 Unchanged");
    }

    @Test
    void a_peer_that_is_not_queryable_is_neither_synced_nor_previewed() {
        Peer peer = heldPeer();
        Document page = admin.get("/peers/" + peer.id()).page();
        here.library().storage().peers().save(peer.withActive(false));

        PageClient.Answer answer = admin.submit(page, "form[action$=/sync]", "scope", "changes");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.page().select(".problem").text()).contains("cannot be synced: inactive");
        assertThat(admin.get("/peers/" + peer.id() + "/preview").status()).isEqualTo(409);
        assertThat(here.library().storage().syncLogs().recent(peer.id(), 1)).isEmpty();
    }

    @Test
    void the_runs_of_a_removed_peer_remain_visible() {
        Peer peer = peer(site("One"));
        here.library().sync().sync(peer, SyncListener.NONE);
        SyncLog run = last(peer);
        here.library().sync().remove(peer.id());

        Document page = admin.get("/peers/" + peer.id() + "/runs/" + run.id()).page();

        assertThat(page.select("h1").text()).isEqualTo("Sync " + run.id() + " of Old ORB");
        assertThat(page.select(".trail a").eachAttr("href")).containsExactly("/peers");
    }
}
