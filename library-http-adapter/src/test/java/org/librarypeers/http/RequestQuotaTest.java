package org.librarypeers.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests of the learned request quota. {@link HourlyQuotaTest} tests it against a site. */
class RequestQuotaTest {

    private static final Duration WINDOW = Duration.ofMinutes(60).plusSeconds(2);

    private final RequestQuota quota = new RequestQuota();

    private void answers(int count, Instant when) {
        IntStream.range(0, count).forEach(i -> quota.answered(when));
    }

    @Test
    void what_was_on_its_way_when_the_peer_refused_was_within_the_budget() {
        answers(997, Time.NOON);
        quota.throttled(Time.NOON);
        quota.lost(Time.NOON);
        answers(3, Time.NOON);

        assertThat(quota.known(Time.NOON)).isEqualTo(1_000);
        assertThat(quota.room(Time.NOON)).isZero();
        assertThat(quota.next(Time.NOON)).isEqualTo(Time.NOON.plus(WINDOW));
    }

    @Test
    void a_number_that_turns_out_too_low_is_forgotten() {
        answers(5, Time.NOON);
        quota.throttled(Time.NOON);
        Instant later = Time.NOON.plus(WINDOW);

        answers(5, later);
        assertThat(quota.room(later)).isEqualTo(1);

        answers(1, later);
        assertThat(quota.room(later)).isGreaterThan(1_000);
    }

    @Test
    void an_answer_that_got_lost_counts_and_teaches_nothing() {
        answers(999, Time.NOON);
        quota.throttled(Time.NOON);
        Instant later = Time.NOON.plus(WINDOW);

        answers(998, later);
        quota.lost(later);

        assertThat(quota.room(later)).isZero();
        assertThat(quota.known(later)).isEqualTo(999);
    }

    @Test
    void half_of_the_budget_is_worth_a_run() {
        for (int i = 0; i < 1_000; i++) {
            quota.answered(Time.NOON.plusSeconds(i));
        }
        Instant refused = Time.NOON.plusSeconds(1_000);
        quota.throttled(refused);

        assertThat(quota.next(refused)).isEqualTo(Time.NOON.plus(WINDOW));
        assertThat(quota.worthwhile(refused))
                .isEqualTo(Time.NOON.plusSeconds(499).plus(WINDOW));
    }

    @Test
    void the_last_of_many_questions_waits_for_as_many_hours_as_it_takes() {
        answers(1_000, Time.NOON);
        quota.throttled(Time.NOON);
        Instant later = Time.NOON.plus(WINDOW);
        answers(400, later);

        assertThat(quota.wait(0, later)).isZero();
        assertThat(quota.wait(600, later)).isZero();
        assertThat(quota.wait(601, later)).isEqualTo(WINDOW);
        assertThat(quota.wait(1_600, later)).isEqualTo(WINDOW);
        assertThat(quota.wait(1_601, later)).isEqualTo(WINDOW.multipliedBy(2));
        assertThat(quota.wait(100_000, later)).isEqualTo(WINDOW.multipliedBy(100));
    }

    @Test
    void a_clock_that_was_set_back_does_not_stop_everything() {
        answers(1_000, Time.NOON);
        quota.throttled(Time.NOON);
        Instant yesterday = Time.NOON.minus(Duration.ofDays(1));

        assertThat(quota.next(yesterday)).isEqualTo(yesterday);
        assertThat(quota.wait(5_000, yesterday)).isZero();
    }

    @Test
    void no_more_than_some_thousand_answers_are_remembered() {
        answers(25_000, Time.NOON);

        assertThat(quota.used(Time.NOON)).isEqualTo(10_000);
    }
}
