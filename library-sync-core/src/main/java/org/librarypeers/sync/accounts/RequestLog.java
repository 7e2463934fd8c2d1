package org.librarypeers.sync.accounts;

import java.time.Instant;
import java.util.List;
import org.librarypeers.domain.UserName;

/**
 * A log of the rate-limited requests of accounts. Its contents may be lost in a crash. Speed matters more than
 * durability.
 */
public interface RequestLog {

    /**
     * Returns the times after {@code since} at which the account sent a request, the earliest first.
     *
     * @param limit the maximum number of times, from 1
     */
    List<Instant> times(UserName account, Instant since, int limit);

    /**
     * Records a request of the account at {@code now}, and deletes its requests up to and including {@code forgotten}.
     */
    void add(UserName account, Instant now, Instant forgotten);
}
