package org.librarypeers.app.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.app.OfflineAnswer;
import org.librarypeers.app.OfflineLibrary;
import org.librarypeers.app.OfflineVisitor;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PublicationPolicy;
import org.librarypeers.domain.Role;
import org.librarypeers.sync.inmemory.InMemoryStorage;
import org.librarypeers.sync.storage.PeerRepository;

/** Tests of what the form of a peer accepts, and what becomes of it. */
class PeerFormTest {

    private static final String KEY = "0123456789abcdef0123456789abcdef01234567";
    private static final String FORM = "main form";

    private final OfflineLibrary library =
            OfflineLibrary.withPages((here, pages) -> new PeerForms(here.storage(), here.sync()).routes(pages));
    private final PeerRepository peers = library.storage().peers();
    private final OfflineVisitor admin = library.visitor(Role.ADMIN);

    private Peer stored(String host) {
        Peer peer = Peer.builder()
                .id(peers.nextId())
                .name("Malawi Library")
                .host(PeerHost.of(host))
                .credentials("us", new ApiKey(KEY))
                .publication(PublicationPolicy.REVIEW_EVERYTHING)
                .build();
        peers.save(peer);
        return peer;
    }

    private static String edit(Peer peer) {
        return "/peers/" + peer.id() + "/edit";
    }

    private OfflineAnswer add(String... fields) {
        return admin.submit(admin.get("/peers/new").page(), FORM, fields);
    }

    private OfflineAnswer change(Peer peer, String... fields) {
        return admin.submit(admin.get(edit(peer)).page(), FORM, fields);
    }

    @Test
    void an_added_peer_has_every_submitted_value() {
        OfflineAnswer answer = add(
                "name",
                " Malawi ",
                "host",
                "https://malawi.example",
                "user",
                "us",
                "key",
                KEY,
                "automatic",
                "on",
                "publication",
                "review_everything",
                "archives",
                "on");

        Peer peer = peers.all().get(0);
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.location()).isEqualTo("/peers/" + peer.id());
        assertThat(admin.cookie("notice")).isEqualTo("Malawi was added. Its first sync starts within a few minutes.");
        assertThat(peer)
                .isEqualTo(Peer.builder()
                        .id(peer.id())
                        .name("Malawi")
                        .host(PeerHost.of("https://malawi.example"))
                        .credentials("us", new ApiKey(KEY))
                        .syncsAutomatically(true)
                        .publication(PublicationPolicy.REVIEW_EVERYTHING)
                        .archivesWithdrawn(true)
                        .build());
    }

    @Test
    void a_new_peer_has_the_default_policy_unless_another_one_is_chosen() {
        assertThat(admin.get("/peers/new")
                        .page()
                        .expectFirst("[name=publication][checked]")
                        .val())
                .isEqualTo(PublicationPolicy.DEFAULT.word());
        add("name", "A", "host", "https://a.example");
        add("name", "B", "host", "https://b.example", "publication", "nothing of this name");
        assertThat(peers.all()).extracting(Peer::publication).containsOnly(PublicationPolicy.DEFAULT);
    }

    @Test
    void the_notice_says_what_happens_next() {
        add("name", "A", "host", "https://a.example", "user", "us", "key", KEY);
        assertThat(admin.cookie("notice")).isEqualTo("A was added. Nothing is synced until you start the first sync.");
        add("name", "B", "host", "https://b.example", "automatic", "on");
        assertThat(admin.cookie("notice")).contains("cannot be synced yet");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "host | ''                                     | Enter the web address of the peer",
                "host | orb.example.org                        | for example https://orb.example.org",
                "host | https://orb.example.org/api/           | only the first part of the address:"
                        + " https://orb.example.org",
                "host | https://me@orb.example.org             | without a user name, a password or @",
                "host | https://no host                        | This address is not valid",
                "name | ''                                     | Enter a name",
                "user | me:key                                 | cannot contain a colon",
                "user | :                                      | cannot contain a colon"
            })
    void an_invalid_field_shows_its_error(String field, String typed, String says) {
        OfflineAnswer answer = add("name", "A", "host", "https://a.example", "user", "us", "key", KEY, field, typed);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.wrong(field)).contains(says);
        assertThat(answer.page().expectFirst("[name=" + field + "]").val()).isEqualTo(typed);
        assertThat(answer.page().select(".wrong, [aria-invalid=true]").eachAttr("name"))
                .filteredOn(name -> !name.isEmpty())
                .containsOnly(field);
        assertThat(peers.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "user", "key"})
    void a_value_has_a_maximum_length_and_no_control_characters(String field) {
        for (String wrong : List.of("x".repeat(201), "a\u0007b")) {
            OfflineAnswer answer =
                    add("name", "A", "host", "https://a.example", "user", "us", "key", KEY, field, wrong);
            assertThat(answer.status()).as(wrong).isEqualTo(422);
            assertThat(answer.wrong(field)).as(wrong).isNotEmpty();
        }
        OfflineAnswer longest =
                add("name", "A", "host", "https://a.example", "user", "us", "key", KEY, field, "x".repeat(200));
        assertThat(longest.status()).isEqualTo(303);
    }

    @Test
    void a_host_of_another_peer_is_refused_with_a_link_to_it_but_not_the_own_one() {
        Peer other = stored("https://malawi.example");

        OfflineAnswer answer = add("name", "A", "host", "HTTPS://malawi.example:443");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.page().select("#w-host a").attr("href")).isEqualTo("/peers/" + other.id());
        assertThat(change(other, "name", "B").status()).isEqualTo(303);
    }

    @Test
    void the_form_shows_the_stored_values_but_not_the_key() {
        Peer peer = stored("https://malawi.example");

        Document form = admin.get(edit(peer)).page();

        assertThat(form.expectFirst("[name=name]").val()).isEqualTo("Malawi Library");
        assertThat(form.expectFirst("[name=host]").val()).isEqualTo("https://malawi.example");
        assertThat(form.expectFirst("[name=user]").val()).isEqualTo("us");
        assertThat(form.expectFirst("[name=key]").val()).isEmpty();
        assertThat(form.select("[checked]").eachAttr("name")).containsExactlyInAnyOrder("active", "publication");
        assertThat(form.expectFirst("[name=publication][checked]").val()).isEqualTo("review_everything");
        assertThat(form.expectFirst(FORM).attr("action")).isEqualTo(edit(peer));
        assertThat(form.expectFirst("[name=seen]").val()).isNotEmpty();
        assertThat(admin.get("/peers/new").page().expectFirst(FORM).attr("action"))
                .isEqualTo("/peers/new");
    }

    @Test
    void a_change_keeps_the_key_and_what_the_form_did_not_change() {
        Peer peer = stored("https://malawi.example");

        OfflineAnswer answer = change(peer, "name", "Blantyre", "archives", "on");

        assertThat(answer.location()).isEqualTo("/peers/" + peer.id());
        assertThat(peers.find(peer.id()))
                .contains(peer.toBuilder()
                        .name("Blantyre")
                        .archivesWithdrawn(true)
                        .build());
        change(peer, "key", "another");
        assertThat(peers.find(peer.id()).orElseThrow().apiKey()).isEqualTo(new ApiKey("another"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://malawi.example, https://thief.example, false",
        "https://malawi.example, http://malawi.example, false",
        "http://malawi.example, https://malawi.example, true",
        "http://malawi.example, http://thief.example, false"
    })
    void the_key_must_be_entered_again_for_another_or_a_less_safe_address(String before, String after, boolean kept) {
        Peer peer = stored(before);

        OfflineAnswer answer = change(peer, "host", after);

        assertThat(answer.wrong("key").isEmpty()).isEqualTo(kept);
        assertThat(peers.find(peer.id()).orElseThrow().address()).isEqualTo(kept ? after : before);
        assertThat(change(peer, "host", after, "key", KEY).status()).isEqualTo(303);
    }

    @Test
    void an_outdated_form_changes_nothing_and_shows_the_stored_values() {
        Peer peer = stored("https://malawi.example");
        Document read = admin.get(edit(peer)).page();
        peers.save(peer.withActive(false));

        OfflineAnswer late = admin.submit(read, FORM, "name", "Blantyre");

        assertThat(late.status()).isEqualTo(409);
        assertThat(late.page().select("[role=alert]").text()).contains("Somebody else changed this peer");
        assertThat(late.page().expectFirst("[name=name]").val()).isEqualTo("Malawi Library");
        assertThat(peers.find(peer.id())).contains(peer.withActive(false));
    }

    @Test
    void a_peer_that_does_not_exist_is_not_found() {
        Peer peer = stored("https://malawi.example");
        Document read = admin.get(edit(peer)).page();
        library.sync().remove(peer.id());

        assertThat(admin.submit(read, FORM, "name", "Blantyre").status()).isEqualTo(404);
        assertThat(admin.get(edit(peer)).status()).isEqualTo(404);
        assertThat(admin.get("/peers/x/edit").status()).isEqualTo(404);
    }

    @Test
    void a_test_needs_user_and_key_but_no_name_and_saves_nothing() {
        library.network().connect(PeerHost.of("https://malawi.example"), new InMemoryStorage());
        OfflineAnswer tested = add("host", "https://malawi.example", "user", "us", "key", KEY, "do", "test");
        assertThat(tested.status()).isEqualTo(200);
        assertThat(tested.page().select("#tested").text()).isNotEmpty();
        assertThat(peers.all()).isEmpty();

        OfflineAnswer incomplete = add("host", "https://malawi.example", "do", "test");
        assertThat(incomplete.status()).isEqualTo(422);
        assertThat(incomplete.wrong("user")).isNotEmpty();
        assertThat(incomplete.wrong("key")).isNotEmpty();
        assertThat(incomplete.wrong("name")).isEmpty();
    }

    @Test
    void a_test_of_a_stored_peer_uses_its_key_and_ignores_that_the_host_is_taken() {
        Peer peer = stored("https://malawi.example");
        library.network().connect(peer.host().orElseThrow(), new InMemoryStorage());

        assertThat(change(peer, "do", "test").status()).isEqualTo(200);
        assertThat(add("host", "https://malawi.example", "user", "us", "key", KEY, "do", "test")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void scripts_receive_the_result_of_a_test_alone() {
        Document form = admin.get("/peers/new").page();
        admin.withHeader("HX-Request", "true");

        OfflineAnswer part =
                admin.submit(form, FORM, "host", "https://malawi.example", "user", "us", "key", KEY, "do", "test");

        assertThat(part.status()).isEqualTo(200);
        assertThat(part.page().select("form, [name=key]")).isEmpty();
        assertThat(part.body()).doesNotContain(KEY);
    }

    @Test
    void an_unencrypted_address_is_warned_of() {
        assertThat(add("name", "", "host", "http://peer.example")
                        .page()
                        .select("#clear-text")
                        .hasAttr("hidden"))
                .isFalse();
        for (String safe : List.of("https://peer.example", "http://127.0.0.1:1", "nonsense")) {
            assertThat(add("name", "", "host", safe)
                            .page()
                            .select("#clear-text")
                            .hasAttr("hidden"))
                    .as(safe)
                    .isTrue();
        }
    }
}
