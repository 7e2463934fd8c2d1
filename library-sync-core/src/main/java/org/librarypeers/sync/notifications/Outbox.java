package org.librarypeers.sync.notifications;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The messages that are still to be sent, and those that were sent or failed recently. A message is added in the transaction
 * of its event, so that it exists if and only if the event does. Any number of processes send: each message is claimed by one
 * of them. If a process dies after it sent a message and before it said so, another one sends the message again, with the same
 * id. Bodies are stored in a form that is useless to someone who can only read the storage. Thread-safe.
 */
public interface Outbox {

    /** Adds a message, which is due now. Does nothing if there is, or was until recently, a message with this id. */
    void add(OutboxMessage message);

    /**
     * Claims the message that has been due for the longest time, in a transaction of its own. It is due again when the claim
     * ends, unless {@link #sent}, {@link #delayed} or {@link #failed} is called before. Empty if no message is due, or if
     * other processes are claiming all of them at the moment.
     *
     * @param channel the channel of the message
     * @param now the current time
     * @param claim how long the claim lasts; longer than an attempt can take
     * @throws IllegalStateException if the thread is in a transaction, whose rollback would undo the claim
     */
    Optional<OutboxMessage> claim(OutboxMessage.Channel channel, Instant now, Duration claim);

    /** Marks a message as sent, and removes its body. */
    void sent(UUID message, Instant now);

    /**
     * Lets a message wait for its next attempt. Does nothing if it was sent or has failed.
     *
     * @param due when the next attempt is due
     * @param error why the last attempt failed, on one line
     */
    void delayed(UUID message, Instant due, String error);

    /**
     * Marks a message as permanently failed, and removes its body. Does nothing if it was sent.
     *
     * @param error why it failed, on one line
     */
    void failed(UUID message, Instant now, String error);

    /**
     * Returns the messages that are still to be sent, and those that have failed permanently, the oldest first.
     *
     * @param limit the maximum number of messages, from 1
     */
    List<OutboxEntry> unsent(int limit);

    /**
     * Returns the counts of each channel. Each channel is present. A message that has expired counts as failed, even if no
     * process has noticed that yet, for example because the channel was switched off.
     *
     * @param now the current time
     */
    Map<OutboxMessage.Channel, OutboxCounts> counts(Instant now);

    /**
     * Removes messages that were sent or failed before a time, and those that were still to be sent and expired before it.
     * Any number of processes may call this at the same time.
     *
     * @param before the time before which they were sent, failed or expired
     * @param limit the maximum number of messages to remove, from 1
     * @return the number of removed messages
     */
    int removeOld(Instant before, int limit);
}
