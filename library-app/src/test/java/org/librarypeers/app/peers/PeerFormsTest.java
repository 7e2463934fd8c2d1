package org.librarypeers.app.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.web.Messages;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PublicationPolicy;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.SyncListener;

/** Tests of adding and changing peers in a browser. */
class PeerFormsTest extends AdministeredLibrary {

    @Test
    void the_form_has_the_fields_of_the_original_in_order_and_those_for_the_schedule_and_the_publication() {
        Document page = admin.get("/peers/new").page();

        assertThat(page.select("main form .field label").eachText())
                .containsExactly(
                        "Name",
                        "Host",
                        "Active",
                        "Sync automatically",
                        "Time between two automatic syncs",
                        "API user",
                        "API key",
                        "Archive withdrawn resources");
        assertThat(page.select("main form input:not([type=hidden])").eachAttr("name"))
                .containsExactly(
                        "name",
                        "host",
                        "active",
                        "automatic",
                        "user",
                        "key",
                        "publication",
                        "publication",
                        "publication",
                        "archives");
        assertThat(page.select("[name=publication][checked]").eachAttr("value")).containsExactly("publish_updates");
        assertThat(page.selectFirst("[name=active]").hasAttr("checked")).isTrue();
        assertThat(page.selectFirst("[name=key]").attr("type")).isEqualTo("password");
        assertThat(page.selectFirst("[name=key]").attr("autocomplete")).isEqualTo("new-password");
    }

    @Test
    void a_peer_is_added_and_no_page_ever_shows_its_key() {
        PageClient.Answer answer =
                add("name", "Malawi Library", "host", "https://malawi.example.org/", "user", "us", "key", KEY);

        Peer peer = peers.all().get(0);
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.location()).isEqualTo("/peers/" + peer.id());
        assertThat(peer.host()).contains(PeerHost.of("https://malawi.example.org"));
        assertThat(peer.apiKey()).isEqualTo(new ApiKey(KEY));
        assertThat(peer.active()).isTrue();
        assertThat(peer.publication()).isEqualTo(PublicationPolicy.PUBLISH_UPDATES);
        assertThat(peer.archivesWithdrawn()).isFalse();
        assertThat(admin.get(answer.location()).page().text()).contains("Malawi Library was added.");
        for (String path : List.of("/peers", "/peers/" + peer.id(), "/peers/" + peer.id() + "/edit")) {
            assertThat(admin.get(path).response().body()).as(path).doesNotContain(KEY);
        }
        Element row = admin.get("/peers").page().selectFirst("tbody tr");
        assertThat(row.text()).contains("Nothing is synced until you start the first sync.");
        assertThat(row.text())
                .contains("Malawi Library", "https://malawi.example.org", "not synced yet", "0 of 0 approved");
    }

    @ParameterizedTest
    @EnumSource(PublicationPolicy.class)
    void the_policy_that_is_chosen_for_a_new_peer_applies_to_its_first_sync(PublicationPolicy policy) {
        try (RunningLibrary malawi = RunningLibrary.start("Malawi")) {
            Guid guid = malawi.publish("Water").guid();
            Document form = admin.get("/peers/new?kind=").page();
            PageClient.Answer refused = admin.submit(form, "main form", "publication", policy.word(), "archives", "on");
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.page().select("[name=publication][checked]").val())
                    .isEqualTo(policy.word());

            admin.submit(
                    refused.page(),
                    "main form",
                    "name",
                    "Malawi",
                    "host",
                    malawi.address(),
                    "user",
                    RunningLibrary.READER.value(),
                    "key",
                    malawi.key(RunningLibrary.READER).secret());
            Peer peer = peers.all().get(0);
            assertThat(peer.publication()).isEqualTo(policy);
            assertThat(peer.archivesWithdrawn()).isTrue();
            assertThat(here.library().sync().sync(peer, SyncListener.NONE).succeeded())
                    .isTrue();
            assertThat(here.library()
                            .storage()
                            .resources()
                            .find(guid)
                            .orElseThrow()
                            .status())
                    .isEqualTo(policy == PublicationPolicy.PUBLISH_EVERYTHING ? Status.APPROVED : Status.PENDING);
        }
    }

    @Test
    void a_new_repository_has_the_chosen_policy() {
        Document form = admin.get("/peers/new?kind=oai").page();
        admin.submit(
                form,
                "main form",
                "name",
                "University",
                "url",
                "https://repository.example.org/oai",
                "publication",
                "review_everything");

        assertThat(peers.all()).extracting(Peer::publication).containsExactly(PublicationPolicy.REVIEW_EVERYTHING);
    }

    @Test
    void a_new_peer_is_synced_automatically_only_if_the_box_is_ticked() {
        PageClient.Answer ticked =
                add("name", "Now", "host", "https://now.example.org", "user", "us", "key", KEY, "automatic", "on");
        assertThat(admin.get(ticked.location()).page().text())
                .contains("Now was added. Its first sync starts within a few minutes.")
                .contains("this server runs without a sync schedule");
        PageClient.Answer waiting = add("name", "Later", "host", "https://later.example.org", "user", "us", "key", KEY);
        assertThat(admin.get(waiting.location()).page().text())
                .contains("Later was added. Nothing is synced until you start the first sync.");
        assertThat(peers.all()).extracting(Peer::syncsAutomatically).containsExactly(true, false);

        Peer later = peers.all().get(1);
        Document form = admin.get("/peers/" + later.id() + "/edit").page();
        admin.submit(form, "main form", "automatic", "on");
        assertThat(peers.find(later.id())).contains(later.withSyncsAutomatically(true));
        assertThat(admin.get("/peers/" + later.id() + "/edit").page().select("[name=automatic][checked]"))
                .hasSize(1);
    }

    @Test
    void the_page_states_that_a_peer_is_not_synced_automatically() {
        Peer peer = peer("http://127.0.0.1:9");
        here.library().sync().sync(peer, SyncListener.NONE);
        peers.save(peer);

        assertThat(admin.get("/peers/" + peer.id()).page().text()).contains("only when you start it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "host | | Enter the web address of the peer",
                "host | orb.example.org | Start the address with https:// or http://, for example https://orb.example.org",
                "host | ftp://orb.example.org/x | for example https://orb.example.org",
                "host | https://orb.example.org/api/v1/ | Enter only the first part of the address: https://orb.example.org",
                "host | https://me:secret@orb.example.org | without a user name, a password or @",
                "host | https://no host | This address is not valid",
                "host | javascript:alert(1) | This address is not valid",
                "name | | Enter a name",
                "user | me:key | cannot contain a colon",
            })
    void each_field_shows_its_error_and_keeps_the_typed_value(String field, String typed, String says) {
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
    void a_host_of_an_existing_peer_is_rejected_with_a_link_to_that_peer() {
        Peer known = peer("https://malawi.example.org");

        PageClient.Answer answer =
                add("name", "Another", "host", "HTTPS://Malawi.example.org:443", "user", "", "key", "");

        assertThat(wrong(answer, "host")).isEqualTo("A peer with this address already exists: Malawi Library");
        assertThat(answer.page().select("#w-host a").attr("href")).isEqualTo("/peers/" + known.id());
    }

    @Test
    void an_internationalized_host_name_is_stored_in_ascii_and_shown_in_both_forms() {
        PageClient.Answer answer = add("name", "Bücher", "host", "https://Bücher.example", "user", "me", "key", KEY);

        assertThat(peers.all()).extracting(Peer::address).containsExactly("https://xn--bcher-kva.example");
        assertThat(admin.get(answer.location()).page().select(".facts").text())
                .contains("https://xn--bcher-kva.example (bücher.example)");
        assertThat(admin.get("/peers").page().select(".host").text())
                .isEqualTo("https://xn--bcher-kva.example (bücher.example)");
        assertThat(wrong(add("name", "Again", "host", "https://bu\u0308cher.example", "user", "", "key", ""), "host"))
                .isEqualTo("A peer with this address already exists: Bücher");
    }

    @Test
    void a_peer_without_credentials_is_saved_and_marked_as_not_synced() {
        PageClient.Answer answer = add("name", "Later", "host", "https://later.example.org", "user", "", "key", "");

        Document page = admin.get(answer.location()).page();
        assertThat(page.select(".notice").text()).contains("cannot be synced yet");
        assertThat(page.select("h1 .mark").text()).isEqualTo("no API user and no key");
        assertThat(page.select("form[action$=/sync], form[action$=/test]")).isEmpty();
    }

    @Test
    void an_empty_key_keeps_the_stored_one_unless_the_address_changes() {
        Peer peer = peer("http://malawi.example.org");
        Document form = admin.get("/peers/" + peer.id() + "/edit").page();
        assertThat(form.selectFirst("[name=key]").val()).isEmpty();

        admin.submit(
                form,
                "main form",
                "name",
                "Blantyre",
                "host",
                "https://malawi.example.org",
                "publication",
                "publish_everything");
        Peer saved = peers.find(peer.id()).orElseThrow();
        assertThat(saved.name()).isEqualTo("Blantyre");
        assertThat(saved.publication()).isEqualTo(PublicationPolicy.PUBLISH_EVERYTHING);
        assertThat(saved.apiKey()).isEqualTo(new ApiKey(KEY));

        for (String elsewhere : List.of("http://malawi.example.org", "https://thief.example.org")) {
            PageClient.Answer refused = admin.submit(form, "main form", "host", elsewhere);
            assertThat(wrong(refused, "key")).contains("enter the key again");
            PageClient.Answer untested = admin.submit(form, "main form", "host", elsewhere, "do", "test");
            assertThat(wrong(untested, "key")).contains("enter the key again");
        }
        assertThat(peers.find(peer.id())).contains(saved);
    }

    @Test
    void an_outdated_form_does_not_overwrite_a_change_by_another_administrator() {
        Peer peer = peer("https://malawi.example.org");
        Document read = admin.get("/peers/" + peer.id() + "/edit").page();
        peers.save(peer.withActive(false));

        PageClient.Answer late = admin.submit(read, "main form", "name", "Blantyre", "key", KEY.replace('0', '1'));

        assertThat(late.status()).isEqualTo(409);
        assertThat(late.page().select("[role=alert]").text()).contains("Somebody else changed this peer");
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
    void a_peer_that_was_removed_in_the_meantime_is_not_changed() {
        Peer peer = peer("https://malawi.example.org");
        Document read = admin.get("/peers/" + peer.id() + "/edit").page();
        here.library().sync().remove(peer.id());

        PageClient.Answer late = admin.submit(read, "main form", "name", "Blantyre", "key", KEY);

        assertThat(late.status()).isEqualTo(404);
        assertThat(peers.findIncludingRemoved(peer.id()).orElseThrow().apiKey()).isNull();
    }

    @Test
    void the_form_the_test_and_the_page_warn_about_an_unencrypted_key() {
        String warning = Messages.in("en").say("peers.unencrypted");
        assertThat(warning).contains("sent unencrypted");
        assertThat(admin.get("/peers/new").page().select("#clear-text").hasAttr("hidden"))
                .isTrue();

        Document refused = add("name", "", "host", "http://peer.invalid", "user", "us", "key", KEY)
                .page();
        assertThat(refused.select("#clear-text").text()).isEqualTo(warning);
        assertThat(refused.select("#clear-text").hasAttr("hidden")).isFalse();

        Document tested = add("name", "A", "host", "http://peer.invalid", "user", "us", "key", KEY, "do", "test")
                .page();
        assertThat(tested.select("#tested").text()).contains(warning);

        String page = add("name", "A", "host", "http://peer.invalid", "user", "us", "key", KEY)
                .location();
        assertThat(admin.get(page).page().select("dl.facts").text()).contains(warning);
        Document edit = admin.get(page + "/edit").page();
        assertThat(edit.select("#clear-text").hasAttr("hidden")).isFalse();
    }

    @Test
    void no_warning_is_shown_for_an_encrypted_or_local_connection() {
        String warning = Messages.in("en").say("peers.unencrypted");
        for (String host : List.of("https://peer.invalid", "http://127.0.0.1:1")) {
            Document tested = add("name", "A", "host", host, "user", "us", "key", KEY, "do", "test")
                    .page();
            assertThat(tested.select("#tested").text()).isNotEmpty().doesNotContain(warning);
            assertThat(tested.select("#clear-text").hasAttr("hidden")).isTrue();
        }
    }
}
