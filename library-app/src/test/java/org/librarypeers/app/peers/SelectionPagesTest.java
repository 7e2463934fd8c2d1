package org.librarypeers.app.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.SelectionRule;
import org.librarypeers.sync.SyncListener;

/** Tests of the pages about selection rules and about resources that are never taken. */
class SelectionPagesTest extends SyncedLibrary {

    private PageClient.Answer sent(Peer peer, String... fields) {
        return admin.submit(admin.get("/peers/" + peer.id() + "/selection").page(), "#rule", fields);
    }

    private SelectionRule rule(Peer peer) {
        return here.library().storage().peers().find(peer.id()).orElseThrow().selection();
    }

    private void sync(Peer peer) {
        here.library()
                .sync()
                .sync(here.library().storage().peers().find(peer.id()).orElseThrow(), SyncListener.NONE);
    }

    private static List<String> figures(Document page) {
        return page.select("section[aria-labelledby=result] dl dd").eachText();
    }

    @Test
    void a_preview_shows_what_a_rule_takes_and_leaves_and_saves_nothing() {
        Peer peer = peer(site("Malaria in brief", "Malaria & more", "Cholera <b>"));
        sync(peer);

        Document page = sent(peer, "include", "text:malaria\n", "exclude", "text:more", "do", "preview")
                .page();

        assertThat(figures(page)).containsExactly("1", "0", "0", "2");
        assertThat(page.select("section .rows a").eachText())
                .containsExactlyInAnyOrder("Malaria & more", "Cholera <b>");
        assertThat(page.select("#f-include").val()).isEqualTo("text:malaria");
        assertThat(rule(peer)).isEqualTo(SelectionRule.EVERYTHING);
    }

    @Test
    void a_saved_rule_is_applied_by_the_next_sync_and_shown_with_its_counts() {
        Peer peer = peer(site("Malaria in brief", "Malaria & more", "Cholera <b>"));
        assertThat(sent(peer, "include", "text:MALARIA", "do", "save").location())
                .isEqualTo("/peers/" + peer.id());
        assertThat(rule(peer)).hasToString("text:MALARIA");

        sync(peer);
        Document page = admin.get("/peers/" + peer.id()).page();
        assertThat(page.select("code.rule").text()).isEqualTo("text:MALARIA");
        assertThat(page.select("dl.facts").text()).contains("Left out: 1.");
        String run = page.select("#runs ~ * a[href*=/runs/]").attr("href");
        assertThat(admin.get(run + "?outcome=left_out").page().text()).contains("Left out by rule");
        assertThat(here.texts("select action || ' ' || (details ->> 'rule') from audit_entry"
                        + " where action = 'peer-selection-changed'"))
                .containsExactly("peer-selection-changed text:MALARIA");

        sent(peer, "include", "", "do", "save");
        sync(peer);
        assertThat(here.library().storage().selections().counts(peer.id()).leftOut())
                .isZero();
        assertThat(here.texts("select cast(added as text) from sync_log order by id"))
                .containsExactly("2", "1");
    }

    @Test
    void an_invalid_rule_is_shown_again_and_a_stale_form_changes_nothing() {
        Peer peer = peer(site("One"));
        for (String wrong : List.of("colour:red", "type:mp4", "updated>=tomorrow")) {
            PageClient.Answer answer = sent(peer, "include", "language:en\n" + wrong, "do", "save");
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.page().select("#w-include").text()).contains(wrong);
            assertThat(answer.page().select("#f-include").val()).contains(wrong);
        }
        assertThat(sent(peer, "include", "tag:a", "exclude", "tag:a", "do", "save")
                        .status())
                .isEqualTo(422);

        Document old = admin.get("/peers/" + peer.id() + "/selection").page();
        sent(peer, "exclude", "language:fr", "do", "save");
        PageClient.Answer stale = admin.submit(old, "#rule", "include", "tag:Water", "do", "save");
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.page().select("#f-include").val()).isEqualTo("tag:Water");
        assertThat(stale.page().select("[role=alert]").text()).contains("-language:fr");
        assertThat(rule(peer)).hasToString("-language:fr");
        assertThat(admin.submit(stale.page(), "#rule", "do", "save").status()).isEqualTo(303);
        assertThat(rule(peer)).hasToString("tag:Water");
        assertThat(admin.get("/peers/999/selection").status()).isEqualTo(404);
    }

    @Test
    void a_resource_that_is_no_longer_followed_says_so() {
        Peer peer = peer(site("Malaria in brief", "Cholera"));
        sync(peer);
        sent(peer, "exclude", "text:cholera", "do", "save");
        sync(peer);

        assertThat(admin.get("/review/" + guid("Cholera")).page().select("#notfollowed"))
                .hasSize(1);
        assertThat(admin.get("/review/" + guid("Malaria in brief")).page().select("#notfollowed"))
                .isEmpty();
    }

    private Guid guid(String title) {
        return here.library().storage().catalogue().all(0, 100).stream()
                .map(entry -> entry.resource())
                .filter(resource -> resource.content().title().best(List.of()).equals(title))
                .map(Resource::guid)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_reviewer_refuses_a_resource_with_a_reason_and_takes_it_back() {
        Peer peer = peer(site("Malaria in brief", "Cholera"));
        sync(peer);
        String page = "/review/" + guid("Cholera");

        PageClient.Answer empty = admin.submit(admin.get(page + "/refuse").page(), "main form", "reason", " ");
        assertThat(empty.status()).isEqualTo(422);
        assertThat(empty.page().select("#w-reason")).hasSize(1);
        PageClient.Answer done =
                admin.submit(admin.get(page + "/refuse").page(), "main form", "reason", "Out of <date>");
        assertThat(done.location()).isEqualTo(page);
        assertThat(admin.get(page).page().select("#refusal").text()).contains("boss", "Out of <date>");
        Document list = admin.get("/refusals").page();
        assertThat(list.select(".rows li").text()).contains("Cholera", "boss", "Out of <date>");

        assertThat(admin.submit(list, "main form").location()).isEqualTo("/refusals");
        assertThat(admin.get("/refusals").page().select(".rows")).isEmpty();
        assertThat(here.texts("select action from audit_entry where action like '%refus%' order by id"))
                .containsExactly("resource-refused", "refusal-revoked");
        assertThat(admin.get("/review/" + here.publish("Ours").guid() + "/refuse")
                        .status())
                .isEqualTo(404);
    }
}
