package org.librarypeers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.librarypeers.domain.Refused.assertMissing;
import static org.librarypeers.domain.Refused.assertTooLong;
import static org.librarypeers.domain.Samples.ORB;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerTest {

    private static final Duration DAILY = Duration.ofDays(1);
    private static final PublicationPolicy REVIEWED = PublicationPolicy.REVIEW_EVERYTHING;

    private static final ApiKey KEY = new ApiKey("s3cret");
    private static final PeerHost HOST = PeerHost.of("https://orb.example.org");
    private static final BundleKey BUNDLE_KEY = new BundleKey("07".repeat(32));
    private static final Peer CARRIED = Peer.builder()
            .id(new PeerId(2))
            .name("Clinic")
            .access(new PeerAccess.Bundle(TrustedKey.confirmed(BUNDLE_KEY), null))
            .build();

    @ParameterizedTest
    @CsvSource({
        "https://orb.example.org, https://orb.example.org",
        "' HTTPS://ORB.Example.org/ ', https://orb.example.org",
        "https://orb.example.org:443, https://orb.example.org",
        "http://orb.example.org:80/, http://orb.example.org",
        "https://orb.example.org:80, https://orb.example.org:80",
        "http://orb.example.org:443, http://orb.example.org:443",
        "http://127.0.0.1:65535, http://127.0.0.1:65535",
        "'http://[::1]:8080', 'http://[::1]:8080'",
        "http://localhost, http://localhost",
        "https://Bücher.example:8443/, https://xn--bcher-kva.example:8443",
        "https://bu\u0308cher.example, https://xn--bcher-kva.example",
        "https://XN--bcher-KVA.example, https://xn--bcher-kva.example",
        "https://bibliothèque。santé.example, https://xn--bibliothque-59a.xn--sant-epa.example",
        "https://ｏｒｂ.example.org, https://orb.example.org"
    })
    void a_host_is_scheme_host_and_port_where_it_is_not_the_schemes_own(String typed, String kept) {
        assertThat(PeerHost.of(typed)).hasToString(kept).isEqualTo(PeerHost.of(kept));
    }

    @ParameterizedTest
    @CsvSource({
        "orb.example.org, does not begin with https:// or http://",
        "ftp://orb.example.org, does not begin with https:// or http://",
        "javascript:alert(1), does not begin with https:// or http://",
        "https://, is not a valid address",
        "https:///path, has no host name",
        "https:orb, has no host name",
        "https://a b, is not a valid address",
        "https://faß.example, in different ways",
        "https://λόγος.example, in different ways",
        "https://bü_cher.example, characters that are not allowed",
        "https://bücher.example/api, remove \"/api\"",
        "https://orb.example.org:65536, port is above 65535",
        "https://orb.example.org/api, remove \"/api\"",
        "https://orb.example.org?a=b, remove \"?\"",
        "https://orb.example.org#top, remove \"#\"",
        "https://orb.example.org/?, remove \"/?\""
    })
    void what_is_no_host_is_refused_with_what_was_typed_and_why(String typed, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PeerHost.of(typed))
                .withMessageStartingWith("host \"" + typed + "\" cannot be used: ")
                .withMessageContaining(why)
                .withMessageContaining("https://orb.example.org");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:pa55@orb.example.org",
                "https://user:pa55 word@orb.example.org",
                "user:pa55@orb.example.org",
                "@pa55.example.org",
                "ftp://user:pa55@orb.example.org",
                "https://orb.example.org/pa55@x"
            })
    void a_password_in_a_host_is_refused_and_not_shown(String typed) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PeerHost.of(typed))
                .withMessageStartingWith("host contains a user name or password")
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("pa55"));
    }

    @Test
    void a_host_is_on_one_line_and_not_endless() {
        assertMissing("host", () -> PeerHost.of(" "));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PeerHost.of("https://orb\r\nX: y"))
                .withMessage("host contains a control character: \"https://orb??X: y\"");
        assertTooLong("host", 201, 200, () -> PeerHost.of("https://" + "a".repeat(193)));
    }

    @Test
    void the_same_host_is_known_with_either_scheme_and_as_others_write_it() {
        PeerHost host = PeerHost.of("https://orb.example.org");

        assertThat(host.isSameAs("http://ORB.example.org/")).isTrue();
        assertThat(host.isSameAs("https://orb.example.org:443")).isTrue();
        assertThat(host.isSameAs("https://orb.example.org:8443")).isFalse();
        assertThat(host.isSameAs("https://www.orb.example.org")).isFalse();
        assertThat(host.isSameAs("orb.example.org")).isFalse();
        assertThat(host.isSameAs("")).isFalse();
    }

    @Test
    void the_host_of_an_address_is_found_if_it_has_one() {
        assertThat(PeerHost.ofAddress(" https://Orb.example.org:8443/a/b?c#d "))
                .contains(PeerHost.of("https://orb.example.org:8443"));
        assertThat(PeerHost.ofAddress("https://bücher.example/größe?ä#ö"))
                .contains(PeerHost.of("https://xn--bcher-kva.example"));
        assertThat(PeerHost.ofAddress("/resource/view/a")).isEmpty();
        assertThat(PeerHost.ofAddress("//orb.example.org/a")).isEmpty();
        assertThat(PeerHost.ofAddress("mailto:a@example.org")).isEmpty();
        assertThat(PeerHost.ofAddress("ftp://orb.example.org/a")).isEmpty();
        assertThat(PeerHost.ofAddress("https://user@orb.example.org/a")).isEmpty();
        assertThat(PeerHost.ofAddress("https://a b")).isEmpty();
    }

    @Test
    void a_peer_is_queryable_if_it_is_active_and_has_both_credentials() {
        assertThat(ORB.isQueryable()).isTrue();
        assertThat(ORB.unqueryableReason()).isEmpty();
        assertThat(ORB.withActive(false).unqueryableReason()).contains("not active");
        assertThat(ORB.withActive(false).isQueryable()).isFalse();
        assertThat(ORB.withActive(false).withActive(true)).isEqualTo(ORB);
        assertThat(with("reader", null).unqueryableReason()).contains("no API key");
        assertThat(with(null, KEY).unqueryableReason()).contains("no API user");
        assertThat(with(" ", null).unqueryableReason()).contains("no API user and no API key");
    }

    private static Peer with(String user, ApiKey key) {
        return ORB.withName(" ORB ").withCredentials(user, key);
    }

    @Test
    void a_peer_takes_requests_if_it_is_active_and_has_an_address_and_both_credentials() {
        assertThat(ORB.takesRequests()).isTrue();
        assertThat(ORB.withActive(false).noRequestsReason()).contains("not active");
        assertThat(with("reader", null).noRequestsReason()).contains("no API key");
        assertThat(CARRIED.noRequestsReason()).contains("it is read from bundles");
    }

    @Test
    void a_peer_without_an_account_is_queryable_as_soon_as_its_bundle_key_is_confirmed() {
        assertThat(CARRIED.isQueryable()).isTrue();
        assertThat(CARRIED.withActive(false).unqueryableReason()).contains("not active");
        assertThat(CARRIED.withAccess(CARRIED.access().revoked()).unqueryableReason())
                .contains("its bundle key is not confirmed");
        Peer both = ORB.withAccess(new PeerAccess.Orb(HOST, null, null, TrustedKey.confirmed(BUNDLE_KEY)));
        assertThat(both.isQueryable()).isTrue();
        assertThat(both.takesRequests()).isFalse();
        assertThat(both.withAccess(both.access().revoked()).unqueryableReason()).contains("no API user and no API key");
    }

    @Test
    void a_peer_that_is_read_from_bundles_is_known_by_the_fingerprint_and_by_the_address_that_it_states() {
        String address = "bundle:" + BUNDLE_KEY.fingerprint();
        PeerAccess homed = new PeerAccess.Bundle(TrustedKey.confirmed(BUNDLE_KEY), HOST);

        assertThat(CARRIED.host()).isEmpty();
        assertThat(CARRIED.address()).isEqualTo(address);
        assertThat(CARRIED).hasToString("[2] Clinic, " + address);
        assertThat(CARRIED.access().isAt(address)).isTrue();
        assertThat(CARRIED.access().isAt("https://orb.example.org")).isFalse();
        assertThat(homed.isAt("http://orb.example.org/")).isTrue();
        assertThat(ORB.withAccess(homed).host()).contains(HOST);
        assertThat(ORB.access().isAt("https://orb.example.org:443")).isTrue();
        assertThat(CARRIED.apiUser()).isNull();
        assertThat(CARRIED.apiKey()).isNull();
    }

    @Test
    void a_peer_that_is_read_from_bundles_gets_an_account_only_with_an_address() {
        assertThatIllegalStateException().isThrownBy(() -> CARRIED.withCredentials("reader", KEY));

        Peer moved = CARRIED.withHost(HOST).withCredentials("reader", KEY);

        assertThat(moved.takesRequests()).isTrue();
        assertThat(moved.access().trustedKey()).contains(TrustedKey.confirmed(BUNDLE_KEY));
        assertThat(moved.toBuilder().build()).isEqualTo(moved);
    }

    @Test
    void the_fingerprint_of_a_bundle_key_is_compared_without_its_separators() {
        // printf '07%.0s' $(seq 32) | xxd -r -p | sha256sum
        assertThat(BUNDLE_KEY).hasToString("4bb0-6f8e-4e3a-7715-d201-d573-d0aa-4237");
        String typed = " " + BUNDLE_KEY.fingerprint().replace('-', ' ').toUpperCase(Locale.ROOT) + " ";
        assertThat(BUNDLE_KEY.hasFingerprint(typed)).isTrue();
        assertThat(BUNDLE_KEY.hasFingerprint(typed.substring(0, 20))).isFalse();
        assertThat(BUNDLE_KEY.hasFingerprint("")).isFalse();
        assertThat(new BundleKey("AB".repeat(32))).isEqualTo(new BundleKey("ab".repeat(32)));
        assertThat(BundleKey.of(BUNDLE_KEY.bytes())).isEqualTo(BUNDLE_KEY);
        assertThatIllegalArgumentException().isThrownBy(() -> new BundleKey("07"));
        assertThatIllegalArgumentException().isThrownBy(() -> new BundleKey("x".repeat(64)));
    }

    @Test
    void a_peer_needs_a_name_and_a_user_without_colon() {
        assertThat(with(" reader ", KEY)).isEqualTo(ORB);
        assertMissing("peer name", () -> ORB.withName(" ").withCredentials(null, null));
        assertTooLong("peer name", 201, 200, () -> ORB.withName("n".repeat(201)).withCredentials(null, null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with("reader:x", KEY))
                .withMessageContaining("API user contains a colon");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(":", KEY))
                .withMessageContaining("API user contains a colon");
    }

    @Test
    void a_peer_that_is_built_is_active_and_leaves_withdrawals_and_schedules_to_people() {
        assertThat(Peer.builder()
                        .id(ORB.id())
                        .name("ORB")
                        .host(HOST)
                        .credentials("reader", KEY)
                        .build())
                .isEqualTo(new Peer(
                        ORB.id(),
                        "ORB",
                        ORB.access(),
                        true,
                        PublicationPolicy.DEFAULT,
                        false,
                        false,
                        null,
                        SelectionRule.EVERYTHING));
        assertThatIllegalStateException()
                .isThrownBy(() -> Peer.builder().name("ORB").host(HOST).build())
                .withMessage("the peer has no id; set it with id(...)");
        assertThatIllegalStateException()
                .isThrownBy(() -> Peer.builder().id(ORB.id()).host(HOST).build())
                .withMessage("the peer has no name; set it with name(...)");
        assertThatIllegalStateException()
                .isThrownBy(() -> Peer.builder().id(ORB.id()).name("ORB").build())
                .withMessage("the peer has no host; set it with host(...)");
    }

    @Test
    void a_copy_of_a_peer_differs_only_in_what_was_changed() {
        Peer peer =
                new Peer(ORB.id(), "ORB", ORB.access(), false, REVIEWED, true, true, DAILY, SelectionRule.EVERYTHING);
        PeerHost host = PeerHost.of("https://new.example.org");
        ApiKey key = new ApiKey("other");

        assertThat(peer.toBuilder().build()).isEqualTo(peer);
        assertThat(peer.withName("New"))
                .isEqualTo(new Peer(
                        ORB.id(), "New", ORB.access(), false, REVIEWED, true, true, DAILY, SelectionRule.EVERYTHING));
        assertThat(peer.withHost(host))
                .isEqualTo(new Peer(
                        ORB.id(),
                        "ORB",
                        new PeerAccess.Orb(host, "reader", KEY),
                        false,
                        REVIEWED,
                        true,
                        true,
                        DAILY,
                        SelectionRule.EVERYTHING));
        assertThat(peer.withCredentials("me", key))
                .isEqualTo(new Peer(
                        ORB.id(),
                        "ORB",
                        new PeerAccess.Orb(HOST, "me", key),
                        false,
                        REVIEWED,
                        true,
                        true,
                        DAILY,
                        SelectionRule.EVERYTHING));
        assertThat(peer.withActive(true))
                .isEqualTo(new Peer(
                        ORB.id(), "ORB", ORB.access(), true, REVIEWED, true, true, DAILY, SelectionRule.EVERYTHING));
        assertThat(peer.withPublication(PublicationPolicy.PUBLISH_UPDATES))
                .isEqualTo(new Peer(
                        ORB.id(),
                        "ORB",
                        ORB.access(),
                        false,
                        PublicationPolicy.PUBLISH_UPDATES,
                        true,
                        true,
                        DAILY,
                        SelectionRule.EVERYTHING));
        assertThat(peer.withArchivesWithdrawn(false))
                .isEqualTo(new Peer(
                        ORB.id(), "ORB", ORB.access(), false, REVIEWED, false, true, DAILY, SelectionRule.EVERYTHING));
        assertThat(peer.withSyncsAutomatically(false))
                .isEqualTo(new Peer(
                        ORB.id(), "ORB", ORB.access(), false, REVIEWED, true, false, DAILY, SelectionRule.EVERYTHING));
        assertThat(peer.withInterval(null))
                .isEqualTo(new Peer(
                        ORB.id(), "ORB", ORB.access(), false, REVIEWED, true, true, null, SelectionRule.EVERYTHING));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT59S", "PT-1H", "PT1M1S", "PT168H1M"})
    void an_interval_that_no_schedule_follows_is_refused(Duration interval) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ORB.withInterval(interval))
                .withMessage("interval must be from 1 minute to 7 days in whole minutes, not " + interval);
        assertThat(ORB.withInterval(Peer.MAX_INTERVAL).interval()).isEqualTo(Duration.ofDays(7));
        assertThat(ORB.withInterval(Peer.MIN_INTERVAL).interval()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void a_key_is_never_shown() {
        assertThat(KEY).hasToString("ApiKey[hidden]");
        assertThat(ORB).hasToString("[1] ORB, https://orb.example.org");
        assertThat(Samples.from(ORB).toString()).doesNotContain("s3cret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ApiKey("s3cret\n"))
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("s3cret"));
    }

    @Test
    void a_key_is_not_empty_not_endless_and_on_one_line() {
        assertThat(new ApiKey(" s3cret ")).isEqualTo(KEY);
        assertThat(new ApiKey("k".repeat(200)).secret()).hasSize(200);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ApiKey(" "))
                .withMessageContaining("API key is empty");
        assertThatIllegalArgumentException().isThrownBy(() -> new ApiKey("k".repeat(201)));
        assertThatIllegalArgumentException().isThrownBy(() -> new ApiKey("a\rb"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://orb.example.org, true",
        "http://192.168.0.7:8000, true",
        "http://localhost.example.org, true",
        "http://127.0.0.1.example.org, true",
        "http://[2001:db8::1], true",
        "https://orb.example.org, false",
        "http://localhost:8080, false",
        "http://a.localhost, false",
        "http://127.0.0.1:8080, false",
        "http://127.9.8.7, false",
        "http://[::1]:8080, false",
        "http://[0:0:0:0:0:0:0:1], false"
    })
    void a_key_is_sent_unencrypted_over_http_to_another_machine(String host, boolean unencrypted) {
        assertThat(PeerHost.of(host).isUnencrypted()).isEqualTo(unencrypted);
    }
}
