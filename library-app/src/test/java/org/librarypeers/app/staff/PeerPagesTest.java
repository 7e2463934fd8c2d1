package org.librarypeers.app.staff;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.UserName;
import org.librarypeers.http.ScriptedOrbSite;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.port.PeerRepository;

/** Adding, testing, changing and removing peers, as somebody with a browser does it. */
class PeerPagesTest {

    private static final String KEY = "0123456789abcdef0123456789abcdef01234567";
    private static final String PASSWORD = "the boss's own password";

    private static RunningLibrary here;
    private static PeerRepository peers;
    private static PageClient admin;

    @BeforeAll
    static void start() {
        here = RunningLibrary.start();
        peers = here.library().storage().peers();
        here.library().accounts().create(new UserName("boss"), Role.ADMIN, null, PASSWORD);
        admin = signedIn("en");
    }

    @AfterAll
    static void stop() {
        here.close();
    }

    @BeforeEach
    void forgetPeers() {
        peers.all().forEach(peer -> here.library().sync().remove(peer.id()));
    }

    private static PageClient signedIn(String language) {
        PageClient client = new PageClient(here.address(), language);
        client.signIn("boss", PASSWORD);
        return client;
    }

    private static Peer peer(String host) {
        Peer peer = new Peer(
                peers.nextId(), "Malawi Library", PeerHost.of(host), "us@malawi", new ApiKey(KEY), true, false);
        peers.save(peer);
        return peer;
    }

    private static PageClient.Answer add(String... fields) {
        return admin.submit(admin.get("/peers/new").page(), "main form", fields);
    }

    private static String wrong(PageClient.Answer answer, String field) {
        Element input = answer.page().selectFirst("main form [name=" + field + "]");
        assertThat(input.attr("aria-invalid")).isEqualTo("true");
        String says = answer.page().getElementById("w-" + field).text();
        assertThat(input.attr("aria-describedby")).contains("w-" + field);
        return says;
    }

    @Test
    void without_a_peer_the_list_says_what_one_is_and_where_the_credentials_come_from() {
        Document page = admin.get("/peers").page();

        assertThat(page.select(".empty").text()).contains("another library", "user name and an API key");
        assertThat(page.select(".empty a").attr("href")).isEqualTo("/peers/new");
    }

    @Test
    void the_form_has_the_five_fields_of_the_original_in_its_order() {
        Document page = admin.get("/peers/new").page();

        assertThat(page.select("main form .field label").eachText())
                .containsExactly("Name", "Host", "Active", "API user", "API key");
        assertThat(page.select("main form input:not([type=hidden])").eachAttr("name"))
                .containsExactly("name", "host", "active", "user", "key");
        assertThat(page.selectFirst("[name=active]").hasAttr("checked")).isTrue();
        assertThat(page.selectFirst("[name=key]").attr("type")).isEqualTo("password");
        assertThat(page.selectFirst("[name=key]").attr("autocomplete")).isEqualTo("new-password");
    }

    @Test
    void a_peer_is_added_and_its_key_is_on_no_page_ever_after() {
        PageClient.Answer answer =
                add("name", "Malawi Library", "host", "https://malawi.example.org/", "user", "us", "key", KEY);

        Peer peer = peers.all().get(0);
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.location()).isEqualTo("/peers/" + peer.id());
        assertThat(peer.host()).isEqualTo(PeerHost.of("https://malawi.example.org"));
        assertThat(peer.apiKey()).isEqualTo(new ApiKey(KEY));
        assertThat(peer.active()).isTrue();
        assertThat(peer.reviewsUpdates() || peer.archivesWithdrawn()).isFalse();
        assertThat(admin.get(answer.location()).page().text()).contains("Malawi Library was added.");
        for (String path : List.of("/peers", "/peers/" + peer.id(), "/peers/" + peer.id() + "/edit")) {
            assertThat(admin.get(path).response().body()).as(path).doesNotContain(KEY);
        }
        Element row = admin.get("/peers").page().selectFirst("tbody tr");
        assertThat(row.text()).contains("this server runs without a schedule");
        assertThat(row.text())
                .contains("Malawi Library", "https://malawi.example.org", "ready", "Not synced yet", "0 approved of 0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "host | | Say where it answers",
                "host | orb.example.org | Begin with https:// or http://, for example https://orb.example.org",
                "host | ftp://orb.example.org/x | for example https://orb.example.org",
                "host | https://orb.example.org/api/v1/ | Give only the beginning of the address: https://orb.example.org",
                "host | https://me:secret@orb.example.org | without user name, password or @",
                "host | https://no host | This is no address",
                "host | javascript:alert(1) | This is no address",
                "name | | Give it a name",
                "user | me:key | cannot hold a colon",
            })
    void each_field_says_what_is_wrong_with_it_and_keeps_what_was_typed(String field, String typed, String says) {
        String value = typed == null ? "" : typed;
        String[] fields = {
            "name", "Library <b>&", "host", "https://x.example.org", "user", "us", "key", KEY, field, value
        };

        PageClient.Answer answer = add(fields);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(wrong(answer, field)).contains(says);
        assertThat(answer.page().selectFirst("[name=" + field + "]").val()).isEqualTo(value);
        if (!field.equals("name")) {
            assertThat(answer.page().selectFirst("[name=name]").val()).isEqualTo("Library <b>&");
        }
        assertThat(answer.response().body()).doesNotContain(KEY);
        assertThat(peers.all()).isEmpty();
    }

    @Test
    void a_host_that_is_a_peer_already_is_refused_with_a_link_to_that_peer() {
        Peer known = peer("https://malawi.example.org");

        PageClient.Answer answer =
                add("name", "Another", "host", "HTTPS://Malawi.example.org:443", "user", "", "key", "");

        assertThat(wrong(answer, "host")).isEqualTo("There is a peer at this address already: Malawi Library");
        assertThat(answer.page().select("#w-host a").attr("href")).isEqualTo("/peers/" + known.id());
    }

    @Test
    void a_peer_without_credentials_is_kept_and_said_not_to_be_synced() {
        PageClient.Answer answer = add("name", "Later", "host", "https://later.example.org", "user", "", "key", "");

        Document page = admin.get(answer.location()).page();
        assertThat(page.select(".notice").text()).contains("will not be synced");
        assertThat(page.select("h1 .mark").text()).isEqualTo("no API user and no key");
        assertThat(page.select("form[action$=/sync], form[action$=/test]")).isEmpty();
    }

    @Test
    void an_empty_key_keeps_the_stored_one_but_for_another_address_it_must_be_typed_again() {
        Peer peer = peer("http://malawi.example.org");
        Document form = admin.get("/peers/" + peer.id() + "/edit").page();
        assertThat(form.selectFirst("[name=key]").val()).isEmpty();

        admin.submit(form, "main form", "name", "Blantyre", "host", "https://malawi.example.org", "reviews", "on");
        Peer saved = peers.find(peer.id()).orElseThrow();
        assertThat(saved.name()).isEqualTo("Blantyre");
        assertThat(saved.reviewsUpdates()).isTrue();
        assertThat(saved.apiKey()).isEqualTo(new ApiKey(KEY));

        for (String elsewhere : List.of("http://malawi.example.org", "https://thief.example.org")) {
            PageClient.Answer refused = admin.submit(form, "main form", "host", elsewhere);
            assertThat(wrong(refused, "key")).contains("type the key again");
            PageClient.Answer untested = admin.submit(form, "main form", "host", elsewhere, "do", "test");
            assertThat(wrong(untested, "key")).contains("type the key again");
        }
        assertThat(peers.find(peer.id())).contains(saved);
    }

    @Test
    void a_test_before_saving_says_what_is_there_and_saves_nothing() {
        try (RunningLibrary there = RunningLibrary.start()) {
            there.publishMany(3);
            String key = there.key(RunningLibrary.READER).secret();

            PageClient.Answer answer =
                    add("name", "There", "host", there.address(), "user", "reader", "key", key, "do", "test");

            assertThat(answer.page().select("#tested .notice").text())
                    .startsWith("There works: 3 approved resources, one page. Its pages bring everything");
            assertThat(answer.page().selectFirst("[name=name]").val()).isEqualTo("There");
            assertThat(answer.response().body()).doesNotContain(key);
            assertThat(peers.all()).isEmpty();
        }
    }

    @Test
    void a_test_says_precisely_what_is_wrong_in_the_language_of_the_visitor() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        try (ScriptedOrbSite site = new ScriptedOrbSite()) {
            assertThat(tested("en", site.host(), "a wrong key")).contains("refuses the user name or the key", "401");
            assertThat(tested("fr", site.host(), "a wrong key")).contains("refuse l’utilisateur ou la clé");
            assertThat(tested("en", "http://127.0.0.1:" + closed, KEY)).contains("nobody listens at");
            assertThat(tested("es", "http://nowhere.invalid", KEY))
                    .contains("No hay ningún servidor con el nombre nowhere.invalid");
            assertThat(tested("pt", site.host().replace("http:", "https:"), KEY))
                    .contains("não fala TLS");
            site.throttle(1);
            assertThat(tested("en", site.host(), ScriptedOrbSite.KEY)).contains("works", "no approved resources yet");
            assertThat(tested("en", site.host(), ScriptedOrbSite.KEY)).contains("wants no more requests for now");
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
        assertThat(admin.get("/peers").page().select("tbody .mark").eachText()).contains("not active");

        admin.submit(admin.get("/peers/" + peer.id()).page(), "form[action$=/active]", "active", "true");
        assertThat(peers.find(peer.id()).orElseThrow().active()).isTrue();
    }

    @Test
    void a_form_that_is_older_than_what_another_administrator_saved_changes_nothing() {
        Peer peer = peer("https://malawi.example.org");
        Document read = admin.get("/peers/" + peer.id() + "/edit").page();
        peers.save(peer.withActive(false));

        PageClient.Answer late = admin.submit(read, "main form", "name", "Blantyre", "key", KEY.replace('0', '1'));

        assertThat(late.status()).isEqualTo(409);
        assertThat(late.page().select("[role=alert]").text()).contains("Somebody else changed this peer meanwhile");
        assertThat(late.page().select("[name=active][checked]")).isEmpty();
        assertThat(late.page().selectFirst("[name=name]").val()).isEqualTo("Malawi Library");
        assertThat(peers.find(peer.id())).contains(peer.withActive(false));

        admin.submit(late.page(), "main form", "name", "Blantyre");
        Peer saved = peers.find(peer.id()).orElseThrow();
        assertThat(saved.name()).isEqualTo("Blantyre");
        assertThat(saved.active()).isFalse();
        assertThat(saved.apiKey()).isEqualTo(new ApiKey(KEY));
    }

    @Test
    void a_peer_that_was_removed_meanwhile_is_not_changed_any_more() {
        Peer peer = peer("https://malawi.example.org");
        Document read = admin.get("/peers/" + peer.id() + "/edit").page();
        here.library().sync().remove(peer.id());

        PageClient.Answer late = admin.submit(read, "main form", "name", "Blantyre", "key", KEY);

        assertThat(late.status()).isEqualTo(404);
        assertThat(peers.findEvenRemoved(peer.id()).orElseThrow().apiKey()).isNull();
    }

    @Test
    void a_removal_says_first_what_stays_and_who_takes_over() {
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
                    .contains("4 resources here came from it. They stay as they are")
                    .contains("4 of them are approved")
                    .contains("3 of them are offered by " + second.name() + " too, which takes over")
                    .contains("One is offered by no other peer: it will be updated no more.");
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
    void every_run_and_every_bad_item_can_be_reached() {
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
        here.execute("insert into bad_item select " + peer.id()
                + ", 'item ' || lpad(i::text, 2, '0'), null, '1', 'no title',"
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
        while (page.selectFirst("[aria-labelledby=bad] a[rel=next]") != null) {
            page = admin.get(link(page, "[aria-labelledby=bad] a[rel=next]")).page();
            bad.addAll(page.select("th.mono").eachText());
        }
        assertThat(bad).hasSize(70).doesNotHaveDuplicates().isSorted();
        assertThat(link(page, "[aria-labelledby=bad] a[rel=prev]")).isEqualTo(at + "?from=30");
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
    void what_is_no_peer_has_no_page(String id) {
        assertThat(admin.get("/peers/" + id).status()).isEqualTo(404);
        assertThat(admin.get("/peers/" + id + "/runs/1").status()).isEqualTo(404);
    }
}
