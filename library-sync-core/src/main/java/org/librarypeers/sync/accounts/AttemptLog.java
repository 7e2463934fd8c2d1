package org.librarypeers.sync.accounts;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** A log of recent attempts, which limits their rate. Its contents may be lost in a crash. */
public interface AttemptLog {

    /** The wait before the first attempt that is not free. */
    Duration FIRST_WAIT = Duration.ofSeconds(1);

    /**
     * Records an attempt, unless it comes too early. A number of attempts within the window are free. Each further
     * attempt must wait after the last one: first {@link #FIRST_WAIT}, then twice as long each time, at most as long as
     * the window. Concurrent attempts are treated as if they came one after another. Attempts of any subject that are
     * further from now than the window are deleted; attempts in the future were recorded while a clock was wrong.
     *
     * @param subject what is attempted, or who attempts it
     * @param free the number of free attempts within the window, from 1
     * @param now the current time
     * @param window the length of the window
     * @return empty if the attempt is allowed; otherwise the time from which it is allowed, and nothing is recorded
     */
    Optional<Instant> admit(String subject, int free, Instant now, Duration window);

    /**
     * Returns the time from which another attempt is allowed, by the rule of {@link #admit}.
     *
     * @param times the times of the attempts within the window, in any order
     * @param free the number of free attempts within the window, from 1
     * @param now the current time
     * @param window the length of the window
     */
    static Instant next(Collection<Instant> times, int free, Instant now, Duration window) {
        int beyond = times.size() - free;
        if (beyond < 0) {
            return now;
        }
        Instant last = times.stream().max(Comparator.naturalOrder()).orElse(now);
        Duration wait = FIRST_WAIT;
        for (int i = 0; i < beyond && wait.compareTo(window) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return last.plus(wait.compareTo(window) < 0 ? wait : window);
    }

    /** Deletes all attempts of a subject. */
    void forget(String subject);

    /** Deletes the attempt of a subject that was recorded at this time. */
    void forget(String subject, Instant at);
}
