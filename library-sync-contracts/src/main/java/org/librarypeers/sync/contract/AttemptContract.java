package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.sync.accounts.AttemptLog;

/** Contract tests of {@link AttemptLog}. */
@Timeout(60)
public abstract class AttemptContract extends StorageContract {

    private static final Instant NOW = Samples.NOON;
    private static final Duration WINDOW = Duration.ofMinutes(15);

    private Optional<Instant> admit(String subject, Instant at) {
        return storage.attempts().admit(subject, 2, at, WINDOW);
    }

    @Test
    void some_are_free_and_each_further_one_waits_twice_as_long_as_the_last() {
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
    void none_waits_longer_than_the_window() {
        Duration window = Duration.ofSeconds(3);
        storage.attempts().admit("amina", 1, NOW, window);
        storage.attempts().admit("amina", 1, NOW.plusSeconds(1), window);
        assertThat(storage.attempts().admit("amina", 1, NOW.plusSeconds(2), window))
                .contains(NOW.plusSeconds(3));
        assertThat(storage.attempts().admit("amina", 1, NOW.plusSeconds(1).plus(window), window))
                .isEmpty();
    }

    @Test
    void what_is_older_than_the_window_or_as_far_ahead_does_not_count() {
        for (Duration away : List.of(WINDOW.negated(), WINDOW, Duration.ofDays(365))) {
            admit("amina", NOW.plus(away));
            admit("amina", NOW.plus(away));

            assertThat(admit("amina", NOW)).isEmpty();
            storage.attempts().forget("amina");
        }
    }

    @Test
    void subjects_do_not_count_for_one_another() {
        admit("amina", NOW);
        admit("amina", NOW);

        assertThat(admit("Amina", NOW)).isEmpty();
        assertThat(admit("من 192.0.2.1", NOW)).isEmpty();
        assertThat(admit("amina", NOW)).isPresent();
    }

    @Test
    void attempts_can_be_forgotten_all_or_one() {
        admit("amina", NOW);
        admit("amina", NOW.plusSeconds(1));
        admit("juma", NOW);
        admit("juma", NOW.plusSeconds(1));

        storage.attempts().forget("amina");
        storage.attempts().forget("juma", NOW);

        assertThat(admit("amina", NOW.plusSeconds(2))).isEmpty();
        assertThat(admit("amina", NOW.plusSeconds(2))).isEmpty();
        assertThat(admit("juma", NOW.plusSeconds(2))).isEmpty();
        assertThat(admit("juma", NOW.plusSeconds(2))).contains(NOW.plusSeconds(3));
    }

    @Test
    void many_subjects_at_once_forget_what_is_old_and_none_waits_for_ever() throws Exception {
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
    void of_many_at_once_no_more_than_the_limit_are_let_through() throws Exception {
        for (int round = 0; round < 20; round++) {
            String subject = "amina " + round;

            List<Optional<Instant>> answers = atOnce(6, () -> admit(subject, NOW));

            assertThat(answers).filteredOn(Optional::isEmpty).hasSize(2);
        }
    }
}
