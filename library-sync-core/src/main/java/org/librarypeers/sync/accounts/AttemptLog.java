package org.librarypeers.sync.accounts;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** How often something was tried of late, so that it is not tried too often. It may forget after a crash. */
public interface AttemptLog {

    /** How long the first attempt beyond the free ones waits. */
    Duration FIRST_WAIT = Duration.ofSeconds(1);

    /**
     * Notes an attempt, unless it comes too soon. A number of attempts within the window are free; each further one waits after
     * the last: {@link #FIRST_WAIT}, then twice as long each time, at most as long as the window. Of many attempts at the same time
     * no more are let through than one after another. Attempts that are further away from now than the window, of any subject, are
     * forgotten; those ahead of now were noted while a clock was wrong.
     *
     * @param subject what is tried, or who tries
     * @param free how many attempts in the window need not wait, from 1
     * @return nothing if the attempt may go on; else since when on it may be tried again, and this one is not noted
     */
    Optional<Instant> admit(String subject, int free, Instant now, Duration window);

    /**
     * Returns when a further attempt may be made, by the rule of {@link #admit}.
     *
     * @param times of the attempts that are not forgotten, in any order
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

    /** Forgets all attempts of that subject. */
    void forget(String subject);

    /** Forgets the attempt of that subject that was noted at that time. */
    void forget(String subject, Instant at);
}
