package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.sync.accounts.EventCounter;
import org.librarypeers.sync.accounts.RateLimit;

/** Contract tests of {@link EventCounter}. */
@Timeout(60)
abstract class EventCounterContract extends LibraryContract {

    private static final Instant NOW = Samples.NOON;
    private static final Duration WINDOW = Duration.ofMinutes(15);

    private Optional<Instant> admit(String subject, Instant at) {
        return admit(subject, RateLimit.slowing(2, WINDOW), at);
    }

    private Optional<Instant> admit(String subject, RateLimit limit, Instant at) {
        return storage.events().admit(subject, limit, at);
    }

    @Test
    void each_slowed_event_waits_twice_as_long_as_the_one_before() {
        assertThat(admit("amina", NOW)).isEmpty();
        assertThat(admit("amina", NOW.plusSeconds(60))).isEmpty();

        assertThat(admit("amina", NOW.plusSeconds(60))).contains(NOW.plusSeconds(61));
        assertThat(admit("amina", NOW.plusSeconds(61).minusMillis(1))).contains(NOW.plusSeconds(61));
        assertThat(admit("amina", NOW.plusSeconds(61))).isEmpty();
        assertThat(admit("amina", NOW.plusSeconds(61))).contains(NOW.plusSeconds(63));
        assertThat(admit("amina", NOW.plusSeconds(63))).isEmpty();
        assertThat(admit("amina", NOW.plusSeconds(63))).contains(NOW.plusSeconds(67));
    }

    @Test
    void expired_events_are_removed_in_batches() {
        for (String subject : List.of("amina", "baraka", "chausiku")) {
            admit(subject, NOW);
        }
        admit("daudi", NOW.plusSeconds(1));

        assertThat(storage.events().removeExpired(NOW.plus(WINDOW).minusMillis(1), 10))
                .isZero();
        assertThat(storage.events().removeExpired(NOW.plus(WINDOW), 2)).isEqualTo(2);
        assertThat(storage.events().removeExpired(NOW.plus(WINDOW), 2)).isEqualTo(1);
        assertThat(storage.events().removeExpired(NOW.plus(WINDOW), 2)).isZero();
        assertThat(storage.events().removeExpired(NOW.plus(WINDOW).plusSeconds(1), 2))
                .isEqualTo(1);
    }

    @Test
    void no_event_waits_longer_than_the_window() {
        RateLimit limit = RateLimit.slowing(1, Duration.ofSeconds(3));
        admit("amina", limit, NOW);
        admit("amina", limit, NOW.plusSeconds(1));
        assertThat(admit("amina", limit, NOW.plusSeconds(2))).contains(NOW.plusSeconds(3));
        assertThat(admit("amina", limit, NOW.plusSeconds(4))).isEmpty();
    }

    @Test
    void a_refused_event_waits_until_the_earliest_one_has_left_the_window() {
        RateLimit limit = RateLimit.refusing(3, WINDOW);
        for (int second : new int[] {2, 1, 2}) {
            assertThat(admit("amina", limit, NOW.plusSeconds(second))).isEmpty();
        }

        assertThat(admit("amina", limit, NOW.plusSeconds(3)))
                .contains(NOW.plusSeconds(1).plus(WINDOW));
        assertThat(admit("amina", limit, NOW.plus(WINDOW)))
                .contains(NOW.plusSeconds(1).plus(WINDOW));
        assertThat(admit("amina", limit, NOW.plusSeconds(1).plus(WINDOW))).isEmpty();
        assertThat(admit("amina", limit, NOW.plusSeconds(1).plus(WINDOW)))
                .contains(NOW.plusSeconds(2).plus(WINDOW));
    }

    @Test
    void a_short_window_of_one_subject_does_not_delete_events_of_a_longer_one() {
        RateLimit hourly = RateLimit.refusing(2, Duration.ofHours(1));
        admit("amina", hourly, NOW);
        admit("amina", hourly, NOW.plus(Duration.ofMinutes(59)));

        for (Duration later : List.of(Duration.ofMinutes(20), Duration.ofMinutes(40))) {
            admit("juma", NOW.plus(later));
        }

        assertThat(admit("amina", hourly, NOW.plus(Duration.ofMinutes(59)))).contains(NOW.plus(Duration.ofHours(1)));
    }

    @Test
    void events_outside_the_window_before_or_after_now_do_not_count() {
        for (Duration away : List.of(WINDOW.negated(), WINDOW, Duration.ofDays(365))) {
            admit("amina", NOW.plus(away));
            admit("amina", NOW.plus(away));

            assertThat(admit("amina", NOW)).isEmpty();
            storage.events().forget("amina");
        }
    }

    @Test
    void subjects_are_counted_separately() {
        admit("amina", NOW);
        admit("amina", NOW);

        assertThat(admit("Amina", NOW)).isEmpty();
        assertThat(admit("من 192.0.2.1", NOW)).isEmpty();
        assertThat(admit("amina", NOW)).isPresent();
    }

    @Test
    void all_events_or_one_event_can_be_deleted() {
        admit("amina", NOW);
        admit("amina", NOW.plusSeconds(1));
        admit("juma", NOW);
        admit("juma", NOW.plusSeconds(1));

        storage.events().forget("amina");
        storage.events().forget("juma", NOW);

        assertThat(admit("amina", NOW.plusSeconds(2))).isEmpty();
        assertThat(admit("amina", NOW.plusSeconds(2))).isEmpty();
        assertThat(admit("juma", NOW.plusSeconds(2))).isEmpty();
        assertThat(admit("juma", NOW.plusSeconds(2))).contains(NOW.plusSeconds(3));
    }

    @Test
    void only_one_of_two_events_at_the_same_time_is_deleted() {
        admit("amina", NOW);
        admit("amina", NOW);

        storage.events().forget("amina", NOW);
        storage.events().forget("amina", NOW.plusSeconds(1));

        assertThat(admit("amina", NOW)).isEmpty();
        assertThat(admit("amina", NOW)).isPresent();
    }

    @Test
    void a_limit_below_one_event_or_without_a_window_is_rejected() {
        assertThatThrownBy(() -> RateLimit.refusing(0, WINDOW)).hasMessageContaining("count is 0");
        assertThatThrownBy(() -> RateLimit.slowing(1, Duration.ZERO)).hasMessageContaining("window is PT0S");
    }

    @Test
    void concurrent_subjects_delete_old_events_without_a_deadlock() throws Exception {
        for (int i = 0; i < 200; i++) {
            admit("old " + i, NOW);
        }
        AtomicInteger number = new AtomicInteger();

        List<Optional<Instant>> answers = atOnce(6, () -> admit("new " + number.incrementAndGet(), NOW.plus(WINDOW)));

        assertThat(answers).containsOnly(Optional.empty());
        assertThat(admit("old 7", NOW.minusSeconds(1))).isEmpty();
        assertThat(admit("old 7", NOW.minusSeconds(1))).isEmpty();
    }

    @Test
    void concurrent_events_never_exceed_the_limit() throws Exception {
        for (int round = 0; round < 20; round++) {
            String subject = "amina " + round;

            List<Optional<Instant>> answers = atOnce(6, () -> admit(subject, NOW));

            assertThat(answers).filteredOn(Optional::isEmpty).hasSize(2);
        }
    }
}
