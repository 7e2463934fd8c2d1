package org.librarypeers.http;

import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.librarypeers.sync.contract.Fetching.fetch;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.http.FakePeer.Answer;
import org.librarypeers.sync.peer.ChangePage.Item;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.peer.PeerSession;
import org.librarypeers.sync.peer.PeerThrottledException;

/** Tests with peers that throttle the client. */
class ThrottleTest extends AskingAPeer {

    @Test
    void a_throttle_is_waited_out_as_told() {
        peer.then(Answer.status(429, "Retry-After", "30"), Answer.json(EMPTY));

        assertThat(session.changes(null).last()).isTrue();
        assertThat(time.waits).containsExactly(Duration.ofSeconds(30));
    }

    @Test
    void a_throttle_that_is_too_long_ends_the_run_until_then() {
        peer.then(Answer.status(429, "Retry-After", "3600"));

        assertThatThrownBy(() -> session.changes(null))
                .isInstanceOfSatisfying(
                        PeerThrottledException.class,
                        throttled -> assertThat(throttled.until()).isEqualTo(Time.NOON.plusSeconds(3600)));
        assertThat(time.waits).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-5", "soon"})
    void a_throttle_that_says_nothing_is_waited_out_twice(String retryAfter) {
        peer.otherwise(request -> Answer.status(429, "Retry-After", retryAfter));

        PeerThrottledException throttled = (PeerThrottledException) failure(() -> session.changes(null));

        assertThat(time.waits).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(10));
        assertThat(throttled.until()).isEqualTo(time.instant().plus(Duration.ofHours(1)));
        assertThat(throttled)
                .hasMessage(peer.host() + " has throttled this library (429); requests are allowed again from "
                        + "2026-03-01T13:00:15Z");
        assertThat(session.requests()).isEqualTo(3);
    }

    @Test
    void a_throttle_by_date_is_reckoned_in_the_peers_own_time() {
        // The peer uses the clock of this machine. In this test the library uses another one.
        String inHalfAMinute =
                RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(30));
        peer.then(Answer.status(429, "Retry-After", inHalfAMinute), Answer.json(EMPTY));

        assertThat(session.changes(null).last()).isTrue();
        assertThat(time.waits)
                .singleElement(as(InstanceOfAssertFactories.DURATION))
                .isBetween(Duration.ofSeconds(25), Duration.ofSeconds(30));
    }

    @Test
    void a_throttle_by_a_date_long_past_says_nothing() {
        peer.then(Answer.status(429, "Retry-After", "Fri, 31 Dec 1999 23:59:59 GMT"), Answer.json(EMPTY));

        assertThat(session.changes(null).last()).isTrue();
        assertThat(time.waits).containsExactly(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @CsvSource({
        "'Sun, 01 Mar 2026 12:00:40 GMT', , PT40S",
        "'Sun, 01 Mar 2026 12:00:40 GMT', 'Sun, 01 Mar 2026 12:00:10 GMT', PT30S",
        "'Sun, 01 Mar 2026 12:00:40 GMT', sometime, PT40S",
        "'Fri, 01 Mar 2030 12:00:00 GMT', , PT24H",
        "99999, , PT24H",
        "99999999999999999999, , PT24H",
    })
    void how_long_to_wait_is_read_within_a_day(String retryAfter, String date, Duration wait) {
        Map<String, List<String>> headers = new HashMap<>(Map.of("Retry-After", List.of(retryAfter)));
        if (date != null) {
            headers.put("Date", List.of(date));
        }

        assertThat(Exchange.retryAfter(HttpHeaders.of(headers, (name, value) -> true), Time.NOON))
                .isEqualTo(wait);
    }

    @Test
    void connections_that_are_throttled_together_wait_once() {
        peer.otherwise(
                request -> time.waits.isEmpty() ? Answer.status(429, "Retry-After", "40") : Answer.json(RESOURCE));

        assertThat(fetch(session, items(8)))
                .hasSize(8)
                .allSatisfy(answer -> assertThat(answer).isInstanceOf(Fetched.Body.class));
        assertThat(time.waits).containsExactly(Duration.ofSeconds(40));
        assertThat(session.requests()).isBetween(9, 12);
    }

    @Test
    void told_waits_in_a_row_are_not_longer_together_than_a_run_waits() {
        peer.otherwise(request -> Answer.status(429, "Retry-After", "25"));

        PeerThrottledException throttled = (PeerThrottledException) failure(() -> session.changes(null));

        assertThat(time.waits).containsExactly(Duration.ofSeconds(25), Duration.ofSeconds(25));
        assertThat(throttled.until()).isEqualTo(Time.NOON.plusSeconds(75));
    }

    @Test
    void a_site_under_maintenance_that_says_until_when_is_left_alone_until_then() {
        peer.then(Answer.status(503, "Retry-After", "30"), Answer.json(EMPTY));
        assertThat(session.changes(null).last()).isTrue();
        assertThat(time.waits).containsExactly(Duration.ofSeconds(30));

        peer.then(Answer.status(503, "Retry-After", "1200"));
        assertThat(failure(() -> session.changes(null)))
                .isInstanceOf(PeerThrottledException.class)
                .hasMessageContaining("(503)")
                .hasMessageEndingWith("from 2026-03-01T12:20:30Z");
    }

    @Test
    void a_throttled_session_asks_no_more_and_the_next_one_asks_again() {
        peer.then(Answer.status(429, "Retry-After", "3600"), Answer.json(EMPTY));

        failure(() -> session.changes(null));
        assertThat(session.timeFor(1)).contains(Duration.ofHours(1));
        failure(() -> fetch(session, items(20)));
        assertThat(session.requests()).isEqualTo(1);

        try (PeerSession next = client.open(peer.peer())) {
            assertThat(next.changes(null).last()).isTrue();
        }
    }

    @Test
    void what_was_answered_before_a_throttle_is_handed_on() {
        peer.otherwise(request ->
                peer.requests.size() > 7 ? Answer.status(429, "Retry-After", "3600") : Answer.json(RESOURCE));
        List<Fetched> answers = new ArrayList<>();
        try (HttpPeerClient one = oneByOne();
                PeerSession slow = one.open(peer.peer())) {
            assertThatThrownBy(() -> slow.fetch(items(50), (item, answer) -> answers.add(answer)))
                    .isInstanceOf(PeerThrottledException.class);
        }

        assertThat(answers).hasSize(7).hasOnlyElementsOfType(Fetched.Body.class);
    }

    @Test
    void a_peer_that_does_not_want_to_be_asked_so_fast_is_asked_more_slowly_for_a_while() {
        peer.otherwise(request ->
                peer.requests.size() == 10 || peer.requests.size() == 11 ? Answer.status(429) : Answer.json(RESOURCE));
        try (HttpPeerClient one = oneByOne();
                PeerSession slow = one.open(peer.peer())) {
            fetch(slow, items(80));
        }

        assertThat(time.waits.subList(0, 2)).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(10));
        // Twenty requests follow the longer gap, the next twenty the shorter gap, and the rest no gap.
        assertThat(time.waits.subList(2, 22)).containsOnly(Duration.ofMillis(500));
        assertThat(time.waits.subList(22, time.waits.size())).hasSize(20).containsOnly(Duration.ofMillis(250));
    }

    @Test
    void how_long_questions_take_is_told_after_some_answers() {
        peer.otherwise(request -> {
            time.sleep(Duration.ofSeconds(2));
            return Answer.json(RESOURCE);
        });
        try (HttpPeerClient one = oneByOne();
                PeerSession slow = one.open(peer.peer())) {
            fetch(slow, items(4));
            assertThat(slow.timeFor(30)).isEmpty();

            fetch(slow, items(1));
            assertThat(slow.timeFor(30)).contains(Duration.ofMinutes(1));
            assertThat(slow.timeFor(0)).contains(Duration.ZERO);
        }
    }

    private HttpPeerClient oneByOne() {
        return HttpPeerClient.builder()
                .clock(time)
                .sleeper(time)
                .detailConnections(1)
                .build();
    }

    private static List<Item> items(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Item("" + i, null, "v", null))
                .toList();
    }
}
