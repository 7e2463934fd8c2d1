package org.librarypeers.sync.accounts;

import java.time.Instant;
import java.util.List;
import org.librarypeers.domain.UserName;

/**
 * When accounts asked something that counts, for as long as that matters. It may forget after a crash; what matters more is
 * that asking it is quick.
 */
public interface RequestLog {

    /**
     * The times after {@code since} at which the account asked, the earliest first.
     *
     * @param limit at most so many, from 1
     */
    List<Instant> times(UserName account, Instant since, int limit);

    /** Notes that the account asks now, and forgets what it asked until {@code forgotten}, that time included. */
    void add(UserName account, Instant now, Instant forgotten);
}
