package org.librarypeers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.http.FakePeer.Answer;
import org.librarypeers.sync.peer.PeerCheck;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.PeerThrottledException;

/** Tests of the connection check, with working peers and with faulty ones. */
class ConnectionProbeTest extends AskingAPeer {

    private PeerException wrong() {
        return failure(() -> client.check(peer.peer()));
    }

    private static Answer list(int limit, int total, String more) {
        return Answer.json("{\"meta\": {\"limit\": " + limit + ", \"next\": null, \"offset\": 0, \"total_count\": "
                + total + more + "}, \"objects\": []}");
    }

    @Test
    void a_site_that_works_says_how_much_it_has_in_one_question_that_brings_nothing() {
        peer.then(list(35, 1_284, ""));

        assertThat(client.check(peer.peer())).isEqualTo(new PeerCheck(1_284, 37, false));

        assertThat(peer.requests).singleElement().satisfies(request -> {
            assertThat(request.header("Authorization")).isEqualTo("ApiKey me@example.org:" + FakePeer.KEY);
            assertThat(request.parameters())
                    .containsEntry("status", "approved")
                    .containsEntry("limit", "500")
                    .containsEntry("offset", "100000000");
        });
    }

    @Test
    void one_of_our_own_says_that_its_pages_bring_everything() {
        peer.then(list(500, 501, ", \"after\": 999999999999999999"));

        assertThat(client.check(peer.peer())).isEqualTo(new PeerCheck(501, 2, true));
    }

    @Test
    void a_site_that_does_not_count_has_it_unknown() {
        peer.then(Answer.json("{\"meta\": {}, \"objects\": []}"));

        assertThat(client.check(peer.peer())).isEqualTo(new PeerCheck(-1, -1, false));
    }

    @Test
    void a_connection_that_drops_is_tried_once_more_at_once() {
        peer.then(Answer.hangUp(), list(20, 3, ""));
        assertThat(client.check(peer.peer()).approved()).isEqualTo(3);

        peer.otherwise(request -> Answer.hangUp());
        assertThat(wrong().reason()).isEqualTo(PeerTrouble.UNREACHABLE);
        assertThat(time.waits).isEmpty();
    }

    @Test
    void a_host_that_is_not_known_is_told_from_one_where_nobody_listens() {
        assertThat(failure(() -> client.check(FakePeer.peer("http://no-such-host.invalid")))
                        .reason())
                .isEqualTo(PeerTrouble.UNKNOWN_HOST);

        peer.close();
        assertThat(wrong().reason()).isEqualTo(PeerTrouble.NOBODY_LISTENS);
    }

    @Test
    void who_does_not_answer_is_asked_once_and_not_for_long() {
        try (HttpPeerClient impatient = impatientClient()) {
            peer.otherwise(request -> Answer.silence());
            PeerException silent = failure(() -> impatient.check(peer.peer()));
            assertThat(silent.reason()).isEqualTo(PeerTrouble.NO_ANSWER);
            assertThat(silent).hasMessageEndingWith("did not answer within 700 ms; try again later");

            peer.otherwise(request -> Answer.stall("{\"meta\": "));
            assertThat(failure(() -> impatient.check(peer.peer())).reason()).isEqualTo(PeerTrouble.NO_ANSWER);
        }
        assertThat(peer.requests).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "401, REFUSED",
        "403, REFUSED",
        "404, NOT_A_LIBRARY",
        "410, NOT_A_LIBRARY",
        "429, THROTTLED",
        "500, UNAVAILABLE",
        "502, UNAVAILABLE",
        "503, UNAVAILABLE"
    })
    void a_status_says_what_is_wrong_and_is_the_detail(int status, PeerTrouble reason) {
        peer.otherwise(request -> Answer.status(status));

        PeerException said = wrong();

        assertThat(said.reason()).isEqualTo(reason);
        assertThat(said.detail()).contains(Integer.toString(status));
        assertThat(said).hasMessageStartingWith(peer.host() + " ").isNotInstanceOf(PeerThrottledException.class);
        assertThat(peer.requests).hasSize(1);
    }

    @Test
    void who_answers_400_is_asked_once_more_without_what_only_our_own_libraries_know() {
        peer.otherwise(request -> Answer.status(400));

        PeerException said = wrong();

        assertThat(said.reason()).isEqualTo(PeerTrouble.NOT_A_LIBRARY);
        assertThat(said.detail()).contains("400");
        assertThat(peer.requests)
                .extracting(request -> request.uri().getQuery().contains("full=true"))
                .containsExactly(true, false);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void who_says_when_to_come_back_is_quoted_and_not_waited_for(int status) {
        peer.otherwise(request -> Answer.status(status, "Retry-After", "90"));

        PeerException throttled = wrong();

        assertThat(throttled.reason()).isEqualTo(PeerTrouble.THROTTLED);
        assertThat(((PeerThrottledException) throttled).until()).isEqualTo(Time.NOON.plusSeconds(90));
        assertThat(time.waits).isEmpty();
    }

    @Test
    void a_web_page_and_other_json_are_no_library() {
        peer.then(Answer.of(200, "text/html; charset=utf-8", "<html>".getBytes(StandardCharsets.UTF_8)));
        PeerException page = wrong();
        assertThat(page.reason()).isEqualTo(PeerTrouble.NOT_A_LIBRARY);
        assertThat(page.detail()).contains("text/html");

        peer.then(Answer.json("{\"hello\": [\"" + FakePeer.KEY + "\"]}"));
        PeerException other = wrong();
        assertThat(other.reason()).isEqualTo(PeerTrouble.NOT_A_LIBRARY);
        assertThat(other.detail()).isEmpty();
    }

    @Test
    void who_echoes_the_key_does_not_bring_it_into_the_detail() {
        peer.then(Answer.of(200, "text/" + FakePeer.KEY, new byte[1]));

        assertThat(wrong().detail()).contains("text/[hidden]");
    }

    @Test
    void who_sends_us_elsewhere_is_not_followed_and_says_where() {
        peer.otherwise(request -> Answer.status(301, "Location", "https://new.example.org/api/v1/resource/"));
        PeerException moved = wrong();
        assertThat(moved.reason()).isEqualTo(PeerTrouble.MOVED);
        assertThat(moved.detail()).contains("https://new.example.org");

        peer.otherwise(request -> Answer.status(301, "Location", "/api/v1/resource/"));
        assertThat(wrong().reason()).isEqualTo(PeerTrouble.NOT_A_LIBRARY);
    }

    @Test
    void who_does_not_speak_http_is_no_library() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread ssh = new Thread(() -> greetUntilClosed(socket));
            ssh.start();

            PeerException said = failure(() -> client.check(at(socket, "http")));

            assertThat(said.reason()).isEqualTo(PeerTrouble.NOT_A_LIBRARY);
        }
    }

    /** The address begins with https, but the site speaks plain HTTP. */
    @Test
    void it_is_named_with_this_server_which_waits_for_more_of_a_greeting() {
        Peer https = FakePeer.peer(peer.host().replace("http:", "https:"));

        try (HttpPeerClient impatient = impatientClient()) {
            assertThat(failure(() -> impatient.check(https)).reason()).isEqualTo(PeerTrouble.NO_TLS);
            assertThat(peer.requests)
                    .allSatisfy(request ->
                            assertThat(request.header("Authorization")).isNull());
            assertThat(failure(() -> impatient.open(https).changes(null)).reason())
                    .isEqualTo(PeerTrouble.NO_TLS);
        }
    }

    @Test
    void a_closed_client_looks_at_nothing() {
        client.close();

        assertThatThrownBy(() -> client.check(peer.peer())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void what_a_look_is_answered_counts_in_the_peers_hour() {
        HttpPeerClient fresh =
                HttpPeerClient.builder().clock(time).sleeper(time).build();
        try (fresh;
                var asking = fresh.open(peer.peer())) {
            peer.then(list(500, 0, ""), Answer.json(EMPTY));
            fresh.check(peer.peer());
            asking.changes(null);
            peer.otherwise(request -> Answer.status(429));

            assertThat(failure(() -> asking.changes(null)))
                    .hasMessageContaining("it answered 2 requests in the last hour");
        }
    }

    private static void greetUntilClosed(ServerSocket socket) {
        while (!socket.isClosed()) {
            try (var caller = socket.accept()) {
                caller.getOutputStream().write("SSH-2.0-OpenSSH_9.6\r\n".getBytes(StandardCharsets.US_ASCII));
                caller.getOutputStream().flush();
                caller.setSoTimeout((int) Duration.ofSeconds(1).toMillis());
                while (caller.getInputStream().read() >= 0) {
                    // Such servers read whatever they receive.
                }
            } catch (java.io.IOException e) {
                // The client has disconnected, or the test is over.
            }
        }
    }

    private static Peer at(ServerSocket socket, String scheme) {
        return FakePeer.peer(scheme + "://localhost:" + socket.getLocalPort());
    }
}
