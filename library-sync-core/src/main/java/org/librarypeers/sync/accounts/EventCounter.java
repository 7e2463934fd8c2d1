package org.librarypeers.sync.accounts;

import java.time.Instant;
import java.util.Optional;

/** Counts the recent events of subjects in sliding windows, and limits their rate. A crash may lose the counts. */
public interface EventCounter {

    /**
     * Records an event, unless it comes too early for the limit. Concurrent events of a subject are treated as if they
     * came one after another. Only events whose distance from now is less than the window count. Events of any subject
     * that are further away than the window with which they were recorded are deleted; those in the future were
     * recorded while a clock was wrong.
     *
     * @param subject the subject of the event: what happens, or who causes it
     * @param now the current time
     * @return empty if the event is allowed; otherwise the time from which it is allowed, and nothing is recorded
     */
    Optional<Instant> admit(String subject, RateLimit limit, Instant now);

    /** Deletes all events of a subject. */
    void forget(String subject);

    /**
     * Deletes events of any subject that no longer count. {@link #admit} does so too, but only when there is a new event.
     *
     * @param limit the maximum number of events to delete, from 1
     * @return the number of deleted events
     */
    default int removeExpired(Instant now, int limit) {
        return 0;
    }

    /** Deletes one event of a subject that was recorded at this time. Does nothing if it does not exist. */
    void forget(String subject, Instant at);
}
