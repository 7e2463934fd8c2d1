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
    void a_small_number_is_believed_for_an_hour_and_a_confirmed_one_for_a_day() {
        answers(5, Time.NOON);
        quota.throttled(Time.NOON);
        assertThat(quota.known(Time.NOON)).isZero();
        Instant later = Time.NOON.plus(WINDOW);
        assertThat(quota.room(later.minusNanos(1))).isZero();

        answers(5, later);
        quota.throttled(later);
        assertThat(quota.known(later)).isEqualTo(5);
        assertThat(quota.known(later.plus(Duration.ofDays(1)).minusNanos(1))).isEqualTo(5);
        assertThat(quota.known(later.plus(Duration.ofDays(1)))).isZero();
    }

    @Test
    void the_usual_number_is_believed_at_once() {
        answers(949, Time.NOON);
        quota.throttled(Time.NOON);
        assertThat(quota.known(Time.NOON)).isZero();

        answers(1, Time.NOON);
        assertThat(quota.known(Time.NOON)).isEqualTo(950);
    }

    @Test
    void a_peer_that_throttles_without_an_answer_teaches_nothing() {
        answers(1_000, Time.NOON);
        quota.throttled(Time.NOON);
        Instant later = Time.NOON.plus(WINDOW);

        quota.throttled(later);

        assertThat(quota.known(later)).isEqualTo(1_000);
        assertThat(quota.isUsedUp(later)).isFalse();
        assertThat(quota.room(later)).isEqualTo(1_000);
    }

    @Test
    void an_answer_counts_for_the_whole_window() {
        answers(3, Time.NOON);
        answers(2, Time.NOON.plusSeconds(10));

        assertThat(quota.used(Time.NOON.plus(WINDOW).minusNanos(1))).isEqualTo(5);
        assertThat(quota.nextFree(Time.NOON.plusSeconds(20))).isEqualTo(Time.NOON.plus(WINDOW));
        assertThat(quota.used(Time.NOON.plus(WINDOW))).isEqualTo(2);
        assertThat(quota.nextFree(Time.NOON.plus(WINDOW)))
                .isEqualTo(Time.NOON.plusSeconds(10).plus(WINDOW));
        Instant empty = Time.NOON.plusSeconds(10).plus(WINDOW);
        assertThat(quota.nextFree(empty)).isEqualTo(empty);
    }

    @Test
    void a_quota_is_used_up_at_its_limit() {
        assertThat(quota.isUsedUp(Time.NOON)).isFalse();
        answers(5, Time.NOON);
        assertThat(quota.isUsedUp(Time.NOON)).isFalse();
        quota.throttled(Time.NOON);
        assertThat(quota.isUsedUp(Time.NOON)).isTrue();

        Instant later = Time.NOON.plus(WINDOW);
        answers(4, later);
        assertThat(quota.isUsedUp(later)).isFalse();
        assertThat(quota.room(later)).isEqualTo(1);
    }

    @Test
    void a_run_is_worthwhile_after_an_hour_unless_more_is_known() {
        assertThat(quota.worthwhile(Time.NOON)).isEqualTo(Time.NOON.plus(Duration.ofHours(1)));

        answers(5, Time.NOON);
        Instant throttled = Time.NOON.plusSeconds(10);
        quota.throttled(throttled);
        assertThat(quota.worthwhile(throttled.plusSeconds(5))).isEqualTo(throttled.plus(WINDOW));
    }

    @Test
    void a_stated_wait_until_the_oldest_answer_no_longer_counts_is_explained_by_the_quota() {
        assertThat(quota.explains(WINDOW, Time.NOON)).isFalse();
        assertThat(quota.explains(Duration.ZERO, Time.NOON)).isFalse();
        answers(5, Time.NOON);
        Instant later = Time.NOON.plusSeconds(100);

        assertThat(quota.explains(WINDOW.minusSeconds(100), later)).isTrue();
        assertThat(quota.explains(WINDOW.minusSeconds(130), later)).isTrue();
        assertThat(quota.explains(WINDOW.minusSeconds(131), later)).isFalse();
        assertThat(quota.explains(WINDOW.minusSeconds(70), later)).isTrue();
        assertThat(quota.explains(WINDOW.minusSeconds(69), later)).isFalse();
    }

    @Test
    void requests_of_the_last_hour_are_those_after_the_last_full_quota() {
        assertThat(quota.lastHour(7, Time.NOON)).isEqualTo(7);
        answers(1_000, Time.NOON);
        quota.throttled(Time.NOON);

        assertThat(quota.lastHour(0, Time.NOON)).isZero();
        assertThat(quota.lastHour(1, Time.NOON)).isEqualTo(1);
        assertThat(quota.lastHour(1_000, Time.NOON)).isEqualTo(1_000);
        assertThat(quota.lastHour(1_001, Time.NOON)).isEqualTo(1);
    }

    @Test
    void an_unknown_quota_delays_requests_only_while_it_is_full() {
        assertThat(quota.wait(5, Time.NOON)).isZero();
        answers(5, Time.NOON);
        quota.throttled(Time.NOON);

        assertThat(quota.wait(5, Time.NOON.plusSeconds(2))).isEqualTo(Duration.ofHours(1));
        assertThat(quota.wait(0, Time.NOON)).isZero();
    }

    @Test
    void no_more_than_some_thousand_answers_are_remembered() {
        answers(25_000, Time.NOON);

        assertThat(quota.used(Time.NOON)).isEqualTo(10_000);
    }
}
