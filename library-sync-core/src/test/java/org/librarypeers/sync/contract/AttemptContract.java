package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.sync.port.AttemptLog;

/** What {@link AttemptLog} promises. */
@Timeout(60)
public abstract class AttemptContract extends StorageContract {

    private static final Instant NOW = Samples.NOON;
    private static final Duration WINDOW = Duration.ofMinutes(15);

    private Optional<Instant> admit(String subject, Instant at) {
        return storage.attempts().admit(subject, 2, at, WINDOW);
    }

    @Test
    void as_many_as_the_limit_are_let_through_and_then_none_until_the_first_is_forgotten() {
        assertThat(admit("amina", NOW)).isEmpty();
        assertThat(admit("amina", NOW.plusSeconds(60))).isEmpty();

        assertThat(admit("amina", NOW.plusSeconds(120))).contains(NOW.plus(WINDOW));
        assertThat(admit("amina", NOW.plus(WINDOW).minusMillis(1))).contains(NOW.plus(WINDOW));
        assertThat(admit("amina", NOW.plus(WINDOW))).isEmpty();
        assertThat(admit("amina", NOW.plus(WINDOW)))
                .contains(NOW.plusSeconds(60).plus(WINDOW));
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
        assertThat(admit("juma", NOW.plusSeconds(2)))
                .contains(NOW.plusSeconds(1).plus(WINDOW));
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
