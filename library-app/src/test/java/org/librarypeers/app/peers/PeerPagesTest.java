package org.librarypeers.app.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.http.ScriptedOrbSite;
import org.librarypeers.sync.SyncListener;

/** Tests of the pages that check, deactivate and remove peers, and of the details that they show. */
class PeerPagesTest extends AdministeredLibrary {

    @Test
    void an_empty_list_explains_peers_and_where_to_get_credentials() {
        Document page = admin.get("/peers").page();

        assertThat(page.select(".empty").text()).contains("another library", "user name and an API key");
        assertThat(page.select(".empty a").attr("href")).isEqualTo("/peers/new");
    }

    @Test
    void a_test_before_saving_reports_its_result_and_saves_nothing() {
        try (RunningLibrary there = RunningLibrary.start()) {
            there.publishMany(3);
            String key = there.key(RunningLibrary.READER).secret();

            PageClient.Answer answer =
                    add("name", "There", "host", there.address(), "user", "reader", "key", key, "do", "test");

            assertThat(answer.page().select("#tested .notice").text())
                    .startsWith("There works: 3 approved resources, one page. Its pages contain complete resources");
            assertThat(answer.page().selectFirst("[name=name]").val()).isEqualTo("There");
            assertThat(answer.response().body()).doesNotContain(key);
            assertThat(peers.all()).isEmpty();
        }
    }

    @Test
    void a_test_reports_the_exact_problem_in_the_language_of_the_visitor() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        try (ScriptedOrbSite site = new ScriptedOrbSite()) {
            assertThat(tested("en", site.host(), "a wrong key")).contains("rejects the user name or the key", "401");
            assertThat(tested("fr", site.host(), "a wrong key")).contains("refuse l’utilisateur ou la clé");
            assertThat(tested("en", "http://127.0.0.1:" + closed, KEY)).contains("accepts no connections at");
            assertThat(tested("es", "http://nowhere.invalid", KEY))
                    .contains("No hay ningún servidor con el nombre nowhere.invalid");
            assertThat(tested("pt", site.host().replace("http:", "https:"), KEY))
                    .contains("não usa TLS");
            site.throttle(1);
            assertThat(tested("en", site.host(), ScriptedOrbSite.KEY)).contains("works", "no approved resources yet");
            assertThat(tested("en", site.host(), ScriptedOrbSite.KEY)).contains("accepts no more requests for now");
        }
    }

    private static String tested(String language, String host, String key) {
        PageClient client = signedIn(language);
        Document form = client.get("/peers/new").page();
        return client.submit(form, "main form", "host", host, "user", ScriptedOrbSite.USER, "key", key, "do", "test")
                .page()
                .select("#tested")
                .text();
    }

    @Test
    void the_page_of_a_peer_tests_it_with_the_stored_key() {
        try (ScriptedOrbSite site = new ScriptedOrbSite()) {
            site.add("One");
            Peer peer = site.peer(peers.nextId());
            peers.save(peer);

            PageClient.Answer answer =
                    admin.submit(admin.get("/peers/" + peer.id()).page(), "form[action$=/test]");

            assertThat(answer.page().select("#tested .notice").text())
                    .contains("Old ORB works: one approved resource, one page.", "about 2 requests");
        }
    }

    @Test
    void a_peer_is_deactivated_and_activated_again() {
        Peer peer = peer("https://malawi.example.org");

        admin.submit(admin.get("/peers/" + peer.id()).page(), "form[action$=/active]", "active", "false");
        assertThat(peers.find(peer.id()).orElseThrow().active()).isFalse();
        assertThat(admin.get("/peers").page().select("tbody .mark").eachText()).contains("inactive");

        admin.submit(admin.get("/peers/" + peer.id()).page(), "form[action$=/active]", "active", "true");
        assertThat(peers.find(peer.id()).orElseThrow().active()).isTrue();
    }

    @Test
    void the_removal_page_lists_what_stays_and_the_successors() {
        here.removeResources();
        try (RunningLibrary maker = RunningLibrary.start();
                RunningLibrary relay = RunningLibrary.start()) {
            maker.publishMany(3);
            relay.library().sync().sync(relay.addPeer(maker), SyncListener.NONE);
            relay.library().review().approveAll();
            maker.publishMany(1);
            Peer first = here.addPeer(maker);
            here.library().sync().sync(first, SyncListener.NONE);
            Peer second = here.addPeer(relay);
            here.library().sync().sync(second, SyncListener.NONE);
            here.library().review().approveAll();

            Document page = admin.get("/peers/" + first.id() + "/remove").page();

            assertThat(page.select("main").text())
                    .contains("4 resources here came from this peer. They stay as they are")
                    .contains("4 of them are approved")
                    .contains("3 of them are also offered by " + second.name() + ", which takes over")
                    .contains("One is not offered by any other peer and will no longer be updated.");
            assertThat(peers.find(first.id())).isPresent();

            PageClient.Answer answer = admin.submit(page, "main form");
            assertThat(answer.location()).isEqualTo("/peers");
            assertThat(peers.find(first.id())).isEmpty();
            assertThat(admin.get("/peers/" + first.id()).status()).isEqualTo(404);
            assertThat(here.library().storage().resources().counts().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(4);
        } finally {
            here.removeResources();
        }
    }

    @Test
    void every_run_and_every_quarantined_item_can_be_reached() {
        Peer peer = peer("https://malawi.example.org");
        List<SyncLog> runs = new ArrayList<>();
        for (int i = 0; i < 45; i++) {
            SyncLog run = SyncLog.start(
                            here.library().storage().syncLogs().nextId(),
                            peer.id(),
                            null,
                            here.library().clock().instant())
                    .failed("nobody answered", here.library().clock().instant());
            here.library().storage().syncLogs().save(run);
            runs.add(0, run);
        }
        here.execute("insert into quarantined_item select " + peer.id()
                + ", 'item ' || lpad(i::text, 2, '0'), null, '1', 'no_title', 'title is missing',"
                + " now(), now(), 1 from generate_series(1, 70) i");
        String at = "/peers/" + peer.id();

        List<String> read = new ArrayList<>();
        Document page = admin.get(at).page();
        read.addAll(runs(page));
        assertThat(read).hasSize(20);
        while (page.selectFirst("[aria-labelledby=runs] a[rel=next]") != null) {
            page = admin.get(link(page, "[aria-labelledby=runs] a[rel=next]")).page();
            read.addAll(runs(page));
        }
        assertThat(read)
                .isEqualTo(runs.stream().map(run -> at + "/runs/" + run.id()).toList());
        assertThat(runs(admin.get(link(page, "nav[aria-labelledby=runs] a")).page()))
                .isEqualTo(read.subList(0, 20));

        List<String> bad = new ArrayList<>();
        page = admin.get(at).page();
        bad.addAll(page.select("th.mono").eachText());
        while (page.selectFirst("[aria-labelledby=quarantine] a[rel=next]") != null) {
            page = admin.get(link(page, "[aria-labelledby=quarantine] a[rel=next]"))
                    .page();
            bad.addAll(page.select("th.mono").eachText());
        }
        assertThat(bad).hasSize(70).doesNotHaveDuplicates().isSorted();
        assertThat(link(page, "[aria-labelledby=quarantine] a[rel=prev]")).isEqualTo(at + "?from=30");
        assertThat(admin.get(at + "?before=1&from=999999999999").status()).isEqualTo(200);
    }

    private static List<String> runs(Document page) {
        return page.select("div[aria-labelledby=runs] tbody a").eachAttr("href");
    }

    private static String link(Document page, String selector) {
        return page.selectFirst(selector).attr("href").replaceFirst("#.*", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "99999999999999999999", "x", "1%27", "7777"})
    void an_unknown_peer_has_no_page(String id) {
        assertThat(admin.get("/peers/" + id).status()).isEqualTo(404);
        assertThat(admin.get("/peers/" + id + "/runs/1").status()).isEqualTo(404);
    }

    @Test
    void a_quarantined_item_has_its_title_and_its_reason_in_the_readers_language() {
        Peer peer = peer("http://127.0.0.1:1");
        Resource resource = here.publish("Safe water at home");
        here.execute(
                "insert into quarantined_item values (" + peer.id() + ", '17', '" + resource.guid()
                        + "', 'v', 'no_title', 'title is missing', now(), now(), 1), (" + peer.id()
                        + ", '18', null, 'v', 'not_there', 'it is listed, but was not found when it was requested', now(), now(), 2)");

        Document page = signedIn("es").get("/peers/" + peer.id()).page();

        List<String> rows = page.select("[aria-labelledby=quarantine] tbody tr").eachText();
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0)).contains("Safe water at home", "17", "No tiene t\u00edtulo.", "(title is missing)");
        assertThat(rows.get(1)).contains("18", "no lo tiene cuando se le solicita");
        assertThat(page.select("[aria-labelledby=quarantine] th a").attr("href"))
                .isEqualTo("/resource/" + resource.slug());
        here.removeResources();
    }
}
