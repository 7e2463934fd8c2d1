package org.librarypeers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.http.FakePeer.Answer;
import org.librarypeers.sync.port.ChangePage.Item;
import org.librarypeers.sync.port.Fetched;
import org.librarypeers.sync.port.PeerThrottledException;

/** Peers that want to be left alone. */
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
    void a_throttle_that_says_nothing_is_waited_out_twice_as_long_each_time(String retryAfter) {
        peer.otherwise(request -> Answer.status(429, "Retry-After", retryAfter));

        PeerThrottledException throttled = (PeerThrottledException) failure(() -> session.changes(null));

        assertThat(time.waits).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20));
        assertThat(throttled.until()).isEqualTo(time.instant().plus(Duration.ofHours(1)));
        assertThat(session.requests()).isEqualTo(4);
    }

    @Test
    void a_throttle_by_date_is_reckoned_in_the_peers_own_time() {
        peer.then(
                (exchange, server) -> {
                    exchange.getResponseHeaders().add("Retry-After", "Fri, 31 Dec 1999 23:59:59 GMT");
                    Answer.status(429).to(exchange, server);
                },
                Answer.json(EMPTY));

        assertThat(session.changes(null).last()).isTrue();
        assertThat(time.waits).containsExactly(Duration.ofSeconds(5));
    }

    @Test
    void connections_that_are_throttled_together_wait_once() {
        peer.otherwise(
                request -> time.waits.isEmpty() ? Answer.status(429, "Retry-After", "40") : Answer.json(RESOURCE));

        List<Fetched> fetched = session.fetch(IntStream.range(0, 8)
                .mapToObj(i -> new Item("" + i, null, "v", null))
                .toList());

        assertThat(fetched).hasSize(8).allSatisfy(answer -> assertThat(answer).isInstanceOf(Fetched.Body.class));
    }
}
