package org.librarypeers.sync.notifications;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.storage.SyncStorage;

/** The choices of people about notifications, what was reported last, and what digests contain. Thread-safe. */
public interface NotificationRepository {

    /** Returns all choices, ordered by account and kind. */
    List<NotificationChoice> choices();

    /** Returns the choices of an account, ordered by kind. */
    List<NotificationChoice> choices(UserName account);

    /** Adds a choice, or replaces that of the same account and kind. The account must exist. */
    void save(NotificationChoice choice);

    /** Returns all states, ordered by subject. */
    List<NotificationState> states();

    /**
     * Returns the state of a subject, and locks the subject until the end of the transaction, even if it has no state yet.
     * Other callers of this method wait. Call it within {@link SyncStorage#inTransaction}.
     */
    Optional<NotificationState> lock(String subject);

    /** Adds a state, or replaces that of the same subject. */
    void save(NotificationState state);

    /** Removes the state of a subject. Does nothing if the subject has no state. */
    void remove(String subject);

    /**
     * Counts the resources that wait for a reviewer and began to wait in a period, by peer and kind: since a pending
     * resource last changed, since a revision was received, or since a withdrawal was found. A resource that waits for two
     * decisions counts twice. The order is not defined.
     *
     * @param after the time after which they began to wait
     * @param until the last time at which they began to wait
     */
    List<Arrivals> arrivals(Instant after, Instant until);

    /**
     * Sums up the runs that ended in a period, by peer and status. Peers without such runs are left out. The order is not
     * defined.
     *
     * @param after the time after which they ended
     * @param until the last time at which they ended
     */
    List<EndedRuns> ended(Instant after, Instant until);
}
