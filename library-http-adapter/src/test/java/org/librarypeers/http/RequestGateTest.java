package org.librarypeers.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.librarypeers.sync.peer.PeerThrottledException;

/** Tests of waiting for a peer that throttles. {@link ThrottleTest} and {@link HourlyQuotaTest} test it over HTTP. */
@Timeout(20)
class RequestGateTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final PacedRequests requests = new PacedRequests();
    private final RequestPacer pacer = requests.pacer;
    private final Time time = requests.time;

    @Test
    void a_stated_wait_is_waited_out() throws Exception {
        requests.throttlingFor(60).send();

        assertThat(time.waits).containsExactly(Duration.ofSeconds(60));
        assertThat(requests.sent).isEqualTo(2);
    }

    @Test
    void while_a_stated_wait_is_too_long_nothing_is_sent() throws Exception {
        PeerThrottledException throttled = requests.throttlingFor(61).throttled();
        assertThat(throttled.until()).isEqualTo(Time.NOON.plusSeconds(61));
        assertThat(throttled)
                .hasMessage("https://orb.example.org has throttled this library (429);"
                        + " requests are allowed again from 2026-03-01T12:01:01Z");

        time.advance(Duration.ofSeconds(60));
        assertThat(pacer.timeFor(1)).contains(Duration.ofSeconds(1));
        assertThat(requests.throttled().until()).isEqualTo(Time.NOON.plusSeconds(61));
        assertThat(requests.sent).isEqualTo(1);

        time.advance(Duration.ofSeconds(1));
        requests.send();
        assertThat(time.waits).isEmpty();
    }

    @Test
    void a_new_session_tries_again() throws Exception {
        requests.throttlingFor(3_600).throttled();

        pacer.open();
        requests.send();

        assertThat(time.waits).isEmpty();
    }

    @Test
    void the_end_of_a_wait_is_rounded_up_to_a_second() {
        time.advance(Duration.ofMillis(1));

        assertThat(requests.throttlingFor(100).throttled().until()).isEqualTo(Time.NOON.plusSeconds(101));
    }

    @Test
    void stated_waits_in_succession_are_not_longer_together_than_a_run_waits() throws Exception {
        requests.throttlingFor(25).throttlingFor(35).send();
        assertThat(time.waits).containsExactly(Duration.ofSeconds(25), Duration.ofSeconds(35));

        requests.throttlingFor(25).throttlingFor(36).throttled();
        assertThat(time.waits).hasSize(3);

        pacer.open();
        requests.throttlingFor(60).send();
        assertThat(time.waits).hasSize(4);
    }

    @Test
    void maintenance_for_a_stated_time_is_waited_out() throws Exception {
        requests.failing(new AnswerException.Status(503, Duration.ofSeconds(30)))
                .send();
        assertThat(time.waits).containsExactly(Duration.ofSeconds(30));

        assertThat(requests.failing(new AnswerException.Status(503, Duration.ofSeconds(90)))
                        .throttled())
                .hasMessageContaining("(503)");
    }

    @Test
    void without_a_stated_wait_two_pauses_are_tried() {
        PeerThrottledException throttled = requests.throttling(3).throttled();

        assertThat(time.waits).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(10));
        assertThat(throttled.until()).isEqualTo(time.instant().plus(HOUR));
    }

    @Test
    void after_pauses_requests_are_slower_for_a_while() throws Exception {
        requests.throttling(2).send(81);

        assertThat(time.waits.subList(0, 2)).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(10));
        assertThat(time.waits.subList(2, 22)).containsOnly(Duration.ofMillis(500));
        assertThat(time.waits.subList(22, time.waits.size())).hasSize(20).containsOnly(Duration.ofMillis(250));
    }

    @Test
    void the_gap_between_requests_is_limited() throws Exception {
        for (int i = 0; i < 8; i++) {
            requests.throttling(1).send();
        }
        time.waits.clear();

        requests.send(3);

        assertThat(time.waits).containsExactlyElementsOf(Collections.nCopies(3, Duration.ofSeconds(4)));
        pacer.open();
        time.advance(Duration.ofSeconds(4));
        time.waits.clear();
        requests.send(3);
        assertThat(time.waits).isEmpty();
    }

    @Test
    void a_clock_that_is_set_back_delays_nothing() throws Exception {
        requests.throttlingFor(60);
        requests.failing(new IOException("lost")).failure(IOException.class);
        time.waits.clear();
        time.advance(Duration.ofSeconds(-61));

        requests.send();

        assertThat(time.waits).isEmpty();
    }

    @Test
    void the_quota_is_learned_after_the_pauses() throws Exception {
        requests.send(20);
        PeerThrottledException throttled = requests.throttling(3).throttled();

        assertThat(throttled).hasMessageContaining("; it answered 20 requests in the last hour;");
        assertThat(throttled.until()).isBetween(Time.NOON.plus(HOUR), Time.NOON.plus(HOUR.plusMinutes(1)));
        assertThat(pacer.quotaLeft()).isEmpty();
        assertThat(requests.sent).isEqualTo(23);

        anHourLater();
        requests.send(20);
        assertThat(requests.throttling(1).throttled()).hasMessageContaining("; it allows about 20 requests an hour;");
        assertThat(pacer.quotaLeft()).hasValue(0);
        anHourLater();
        requests.send(7);
        assertThat(pacer.quotaLeft()).hasValue(13);
    }

    private void anHourLater() {
        time.advance(HOUR.plusSeconds(5));
        pacer.open();
    }

    @ParameterizedTest
    @CsvSource({"954, '950'", "955, '960'", "1000, '1,000'"})
    void a_usual_quota_is_known_at_once_and_shown_roughly(int quota, String shown) throws Exception {
        requests.send(quota);

        assertThat(requests.throttling(3).throttled()).hasMessageContaining("; it allows about " + shown + " requests");
    }

    @ParameterizedTest
    @CsvSource({"3602, true", "3632, true", "3572, true", "3633, false", "3571, false"})
    void a_stated_wait_until_the_first_answers_no_longer_count_teaches_the_quota(int wait, boolean taught)
            throws Exception {
        requests.send(1_000);
        requests.throttlingFor(wait).throttled();

        assertThat(pacer.quotaLeft().isPresent()).isEqualTo(taught);
    }

    @Test
    void maintenance_teaches_nothing() throws Exception {
        requests.send(1_000);
        requests.failing(new AnswerException.Status(503, Duration.ofSeconds(3_602)))
                .throttled();

        assertThat(pacer.quotaLeft()).isEmpty();
    }

    @Test
    void a_patient_run_waits_for_the_quota() throws Exception {
        PacedRequests patient = new PacedRequests(Duration.ofHours(2), 1, 1);
        patient.send(1_000);
        patient.throttling(3).send(500);

        assertThat(patient.time.waits)
                .containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(3_587));
    }

    @Test
    void an_hour_that_is_full_again_is_noticed_after_one_pause() throws Exception {
        for (int i = 0; i < 400; i++) {
            requests.send();
            time.advance(Duration.ofSeconds(9));
        }
        requests.throttling(1).send();
        time.waits.clear();
        time.advance(Duration.ofSeconds(9));

        requests.throttling(1).send();

        // Instead of a pause, the request waits until the oldest answer no longer counts.
        assertThat(time.waits).containsExactly(Duration.ofSeconds(6));
    }

    @Test
    void how_long_requests_take_is_measured() throws Exception {
        for (int i = 0; i < 4; i++) {
            requests.send();
            time.advance(Duration.ofSeconds(2));
        }
        assertThat(pacer.timeFor(30)).isEmpty();

        requests.send();
        assertThat(pacer.timeFor(30)).contains(Duration.ofMinutes(1));
        assertThat(pacer.timeFor(0)).contains(Duration.ZERO);
        assertThat(pacer.timeFor(-1)).contains(Duration.ZERO);

        // Only the latest 50 answers count.
        for (int i = 0; i < 50; i++) {
            time.advance(Duration.ofSeconds(3));
            requests.send();
        }
        assertThat(pacer.timeFor(10)).contains(Duration.ofSeconds(30));

        time.advance(Duration.ofDays(-1));
        requests.send();
        assertThat(pacer.timeFor(10)).contains(Duration.ZERO);
    }

    @Test
    void the_time_for_requests_includes_the_waits_for_the_quota() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            time.advance(Duration.ofSeconds(1));
            requests.send();
        }
        Instant until = requests.throttling(3).throttled().until();
        Duration untilFirst = Duration.between(
                time.instant(), Time.NOON.plusSeconds(1).plus(HOUR).plusSeconds(2));

        assertThat(pacer.timeFor(1))
                .contains(Duration.between(time.instant(), until).plusSeconds(1));
        assertThat(pacer.timeFor(600)).contains(untilFirst.plusSeconds(599 + 600));
        assertThat(pacer.timeFor(1_001)).contains(untilFirst.plus(HOUR).plusSeconds(3));
    }

    @Test
    void a_pause_is_part_of_the_time_for_requests() {
        requests.throttling(1).failing(new IOException("lost"));
        requests.failure(IOException.class);
        assertThat(pacer.timeFor(5)).contains(Duration.ofMillis(250));

        pacer.open();
        time.advance(Duration.ofSeconds(1));
        requests.throttlingFor(30).failing(new IOException("lost"));
        requests.failure(IOException.class);

        assertThat(pacer.timeFor(5)).isEmpty();
        requests.throttlingFor(90).throttled();
        assertThat(pacer.timeFor(5)).contains(Duration.ofSeconds(90));
    }
}
