package org.librarypeers.sync.port;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How often something was tried of late, so that it is not tried too often. It may forget after a crash. */
public interface AttemptLog {

    /**
     * Notes an attempt, unless there were as many already; of many at once no more than the limit are let through. What is
     * older than the window, of any subject, is forgotten.
     *
     * @param subject what is tried, or who tries
     * @param limit how many attempts in the window are let through, from 1
     * @return nothing if the attempt may go on; else since when on it may be tried again, and this one is not noted
     */
    Optional<Instant> admit(String subject, int limit, Instant now, Duration window);

    /** Forgets all attempts of that subject. */
    void forget(String subject);

    /** Forgets the attempt of that subject that was noted at that time. */
    void forget(String subject, Instant at);
}
