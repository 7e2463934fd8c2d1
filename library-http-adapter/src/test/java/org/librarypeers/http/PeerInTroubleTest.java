package org.librarypeers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.librarypeers.sync.contract.Await.await;
import static org.librarypeers.sync.contract.Fetching.fetch;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.http.FakePeer.Answer;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.PeerSession;

/** Tests with peers that are down, slow, hostile or something other than a library. */
class PeerInTroubleTest extends AskingAPeer {

    /** A session with a timeout of one minute. No test waits that long. */
    private final PeerSession patient = HttpPeerClient.builder().build().open(peer.peer());

    @Test
    void what_may_pass_is_asked_again() {
        peer.then(Answer.hangUp(), Answer.status(503), Answer.json(EMPTY));
        assertThat(session.changes(null).last()).isTrue();

        try (HttpPeerClient impatient = impatientClient();
                PeerSession asking = impatient.open(peer.peer())) {
            peer.then(Answer.cutOff(EMPTY), Answer.stall(EMPTY.substring(0, 20)), Answer.json(EMPTY));
            assertThat(asking.changes(null).last()).isTrue();
        }
        assertThat(peer.requests).hasSize(6);
    }

    @Test
    void each_request_is_reported_with_its_status_and_its_time() {
        List<RequestListener.SentRequest> sent = new CopyOnWriteArrayList<>();
        peer.then(Answer.status(503), Answer.json(EMPTY));

        try (HttpPeerClient client = HttpPeerClient.builder()
                        .backoff(Duration.ofMillis(1))
                        .listener(sent::add)
                        .build();
                PeerSession reported = client.open(peer.peer())) {
            reported.changes(null);
            peer.close();
            assertThat(failure(() -> reported.changes(null)).reason()).isEqualTo(PeerTrouble.NOBODY_LISTENS);
        }

        assertThat(sent).extracting(RequestListener.SentRequest::status).containsExactly(503, 200, null, null, null);
        assertThat(sent).allSatisfy(request -> {
            assertThat(request.peer().host()).isEqualTo(peer.peer().host());
            assertThat(request.time()).isPositive();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void refused_credentials_are_reported_at_once_and_without_the_key(int status) {
        peer.otherwise(request -> Answer.status(status));

        PeerException refused = failure(() -> session.changes(null));

        assertThat(refused.reason()).isEqualTo(PeerTrouble.REFUSED);
        assertThat(refused)
                .hasMessageContaining("me@example.org")
                .hasMessageContaining(peer.host())
                .hasMessageNotContaining(FakePeer.KEY);
        assertThat(session.requests()).isEqualTo(1);
    }

    @Test
    void trouble_of_the_site_is_reported_after_three_tries() {
        peer.otherwise(request -> Answer.status(502));

        PeerException trouble = failure(() -> session.changes(null));

        assertThat(trouble.reason()).isEqualTo(PeerTrouble.UNAVAILABLE);
        assertThat(trouble).hasMessageContaining("502");
        assertThat(session.requests()).isEqualTo(3);
    }

    @Test
    void however_many_resources_are_broken_a_site_whose_list_answers_is_read_on() {
        peer.otherwise(request ->
                request.uri().getPath().equals("/api/v1/resource/") ? Answer.json(EMPTY) : Answer.status(500));

        assertThat(fetch(session, items(25))).hasSize(25).hasOnlyElementsOfType(Fetched.Unreadable.class);
        assertThat(peer.requests)
                .filteredOn(request -> request.uri().getPath().equals("/api/v1/resource/"))
                .hasSizeBetween(7, 25);
    }

    @Test
    void a_site_that_answers_for_none_of_its_resources_is_not_waited_for_again_and_again() {
        peer.otherwise(
                request -> request.uri().getPath().equals("/api/v1/resource/") ? Answer.json(EMPTY) : Answer.hangUp());
        List<Fetched> answers = new ArrayList<>();

        PeerException trouble = failure(() -> session.fetch(items(200), (item, answer) -> answers.add(answer)));

        assertThat(trouble.reason()).isEqualTo(PeerTrouble.UNREACHABLE);
        assertThat(answers).hasSizeBetween(6, 12).hasOnlyElementsOfType(Fetched.Unreadable.class);
        assertThat(session.requests()).isLessThan(70);
    }

    private static List<ChangePage.Item> items(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> new ChangePage.Item(String.valueOf(number), Guid.random(), "v", null))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"meta\": {}}",
                "{\"meta\": {}, \"objects\": {}}",
                "nope",
                "{\"meta\": {}, \"objects\": []} x"
            })
    void json_that_is_no_list_is_no_library(String body) {
        peer.otherwise(request -> Answer.json(body));

        PeerException failure = failure(() -> session.changes(null));

        assertThat(failure.reason()).isEqualTo(PeerTrouble.NOT_A_LIBRARY);
        assertThat(failure.getMessage()).contains("answered").doesNotContain("\n");
    }

    @Test
    void what_keeps_json_from_being_read_is_named() {
        peer.then(Answer.json("[".repeat(1_000)), Answer.json("{\"meta\": " + "[".repeat(1_000)));
        assertThat(failure(() -> session.changes(null)))
                .hasMessageContaining("answered with JSON without meta and objects");
        assertThat(failure(() -> session.changes(null))).hasMessageContaining("nested too deeply");

        peer.otherwise(request -> Answer.json("{\"meta\": {}, \"objects\": ["));
        assertThat(failure(() -> session.changes(null)))
                .hasMessageContaining("ended its answer early in each of 3 attempts");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"meta\": {}, \"objects\": [{\"id\": 1, \"x\": tru",
                "{\"meta\": {}, \"objects\": [{\"id\": 1, \"x\": \"a\\u00",
                "{\"meta\": {}, \"objects\": [{\"id\": 1, \"x\": -",
                "{\"meta\": {}, \"objects\": [{\"id\": 1}, nul",
                "{\"meta\": {}, \"obj"
            })
    void an_answer_that_ends_in_the_middle_is_asked_for_again_wherever_it_ends(String part) {
        peer.then(Answer.json(part), Answer.json(EMPTY));

        assertThat(session.changes(null).last()).isTrue();
        assertThat(session.requests()).isEqualTo(2);
    }

    @Test
    void a_site_that_has_answered_as_a_library_before_is_never_doubted() {
        try (PeerSession known = client.reopen(peer.peer())) {
            byte[] page = "<html>Down for maintenance".getBytes(StandardCharsets.UTF_8);
            peer.then(Answer.json("nope"), Answer.of(200, "text/html", page), Answer.status(404), Answer.status(400));
            for (int answer = 0; answer < 4; answer++) {
                PeerException failure = failure(() -> known.changes(null));
                assertThat(failure.reason()).isEqualTo(PeerTrouble.UNREADABLE);
                assertThat(failure).hasMessageNotContaining("this is the address");
            }
        }
        peer.then(Answer.json(EMPTY), Answer.json("nope"));
        session.changes(null);
        assertThat(failure(() -> session.changes(null)).reason()).isEqualTo(PeerTrouble.UNREADABLE);
    }

    @Test
    void a_full_feed_that_shows_the_same_again_and_says_it_is_further_on_is_read_to_no_end() {
        peer.otherwise(request -> Answer.json("{\"meta\": {\"total_count\": 2, \"next\": \"?after="
                + (Long.parseLong(request.parameters().getOrDefault("after", "0")) + 1) + "\"}, \"objects\": []}"));

        Cursor[] at = {null};
        PeerException failure = failure(() -> {
            while (true) {
                at[0] = session.changes(at[0]).next();
            }
        });

        assertThat(failure).hasMessageContaining("has listed 221 resources, but states that there are only 2");
        assertThat(failure.reason()).isEqualTo(PeerTrouble.UNREADABLE);
    }

    @Test
    void a_web_page_is_no_library() {
        peer.then(
                Answer.of(200, "text/html; charset=utf-8", "<html>".getBytes(StandardCharsets.UTF_8)),
                Answer.status(404));

        assertThat(failure(() -> session.changes(null)))
                .hasMessageContaining(
                        "answered with text/html instead of JSON; check that this is the address of a library");
        assertThat(failure(() -> session.changes(null)).reason()).isEqualTo(PeerTrouble.NOT_A_LIBRARY);
    }

    @Test
    void a_body_that_unpacks_to_more_than_is_allowed_is_not_unpacked_to_its_end() {
        byte[] bomb =
                ("{\"meta\": {}, \"objects\": [" + " ".repeat(20_000_000) + "]}").getBytes(StandardCharsets.UTF_8);
        Answer packed = Answer.gzipped(bomb);
        peer.otherwise(request -> packed);

        assertThat(failure(() -> session.changes(null))).hasMessageContaining("more than 1,000,000 bytes");
        assertThat(session.requests()).isEqualTo(1);
    }

    @Test
    void an_answer_that_stalls_ends_in_time() {
        peer.otherwise(request -> Answer.stall("{\"meta\": "));

        try (HttpPeerClient impatient = impatientClient();
                PeerSession asking = impatient.open(peer.peer())) {
            assertThat(failure(() -> asking.changes(null)).reason()).isEqualTo(PeerTrouble.NO_ANSWER);
            assertThat(asking.requests()).isEqualTo(3);
        }
    }

    @Test
    void an_address_where_nobody_is_says_so() {
        peer.close();
        assertThat(failure(() -> session.changes(null))).hasMessageContaining("refuses connections");

        try (PeerSession unknown = client.open(FakePeer.peer("http://no-such-host.invalid"))) {
            PeerException failure = failure(() -> unknown.changes(null));
            assertThat(failure.reason()).isEqualTo(PeerTrouble.UNKNOWN_HOST);
            assertThat(failure).hasMessageContaining("no host with this name");
        }
    }

    @Test
    void a_redirect_on_the_same_host_is_followed_with_credentials() {
        peer.then(Answer.status(301, "Location", "/api/v1/resource/?moved=1"), Answer.json(EMPTY));

        assertThat(session.changes(null).last()).isTrue();
        assertThat(peer.requests.get(1).header("Authorization")).contains(FakePeer.KEY);
        assertThat(session.requests()).isEqualTo(2);
    }

    @Test
    void a_redirect_to_another_host_is_refused_and_named() {
        try (FakePeer other = new FakePeer().otherwise(request -> Answer.json(EMPTY))) {
            peer.then(Answer.status(302, "Location", other.host() + "/api/v1/resource/?api_key=" + FakePeer.KEY));

            assertThat(failure(() -> session.changes(null)))
                    .hasMessageContaining("redirects to " + other.host() + ";")
                    .hasMessageNotContaining(FakePeer.KEY);
            assertThat(other.requests).isEmpty();
        }
    }

    @Test
    void redirects_in_circles_end() {
        peer.otherwise(request -> Answer.status(302, "Location", "/api/v1/resource/"));

        assertThat(failure(() -> session.changes(null))).hasMessageContaining("redirects more than 5 times");
        assertThat(session.requests()).isEqualTo(6);
    }

    @Test
    void a_thread_interrupted_before_the_answer_stops_and_stays_interrupted() throws Exception {
        peer.otherwise(request -> Answer.silence());

        interruptWhile(() -> !peer.requests.isEmpty());
    }

    @Test
    void a_thread_interrupted_within_an_answer_stops_and_stays_interrupted() throws Exception {
        AtomicBoolean begun = new AtomicBoolean();
        peer.otherwise(request -> (exchange, server) -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("{\"meta\": ".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            begun.set(true);
            server.awaitEnd();
        });

        interruptWhile(begun::get);
    }

    @Test
    void a_session_that_another_thread_stops_while_it_waits_ends_its_question_and_leaves_the_thread_alone()
            throws Exception {
        peer.otherwise(request -> Answer.silence());
        AtomicReference<PeerException> stopped = new AtomicReference<>();
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread asking = new Thread(() -> {
            stopped.set(failure(() -> patient.changes(null)));
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        asking.start();
        awaitWaiting(asking, () -> !peer.requests.isEmpty());

        patient.stop();
        asking.join(5_000);

        assertThat(asking.isAlive()).isFalse();
        assertThat(stopped.get().reason()).isEqualTo(PeerTrouble.STOPPED);
        assertThat(interrupted).isFalse();
        assertThat(failure(() -> patient.changes(null)).reason()).isEqualTo(PeerTrouble.STOPPED);
        assertThat(patient.requests()).isEqualTo(1);
    }

    private static void awaitWaiting(Thread asking, BooleanSupplier waiting) {
        await("it waits", () -> waiting.getAsBoolean() && asking.getState() != Thread.State.RUNNABLE);
    }

    private void interruptWhile(BooleanSupplier waiting) throws InterruptedException {
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread asking = new Thread(() -> {
            assertThatThrownBy(() -> patient.changes(null)).isInstanceOf(PeerException.class);
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        asking.start();
        awaitWaiting(asking, waiting);
        asking.interrupt();
        asking.join(5_000);

        assertThat(asking.isAlive()).isFalse();
        assertThat(interrupted).isTrue();
        assertThat(patient.requests()).isEqualTo(1);
    }

    @Test
    void a_closed_client_opens_nothing() {
        client.close();

        assertThatThrownBy(() -> client.open(peer.peer())).isInstanceOf(IllegalStateException.class);
    }
}
