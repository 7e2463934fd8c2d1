package org.librarypeers.sync.notifications;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The number of messages of one channel in the outbox.
 *
 * @param waiting the number of messages that are still to be sent and have not expired
 * @param failed the number of messages that have failed for good or expired, and are not removed yet
 * @param oldest when the oldest waiting message was written; null if none waits
 */
public record OutboxCounts(
        long waiting, long failed, @Nullable Instant oldest) {

    /** The counts of a channel without messages. */
    public static final OutboxCounts NONE = new OutboxCounts(0, 0, null);
}
