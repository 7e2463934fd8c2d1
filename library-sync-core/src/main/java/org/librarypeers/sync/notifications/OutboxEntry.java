package org.librarypeers.sync.notifications;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message in the outbox that was not sent, without its body.
 *
 * @param id the id of the message
 * @param channel the way in which it is sent
 * @param recipient the e-mail address of a mail; null for a webhook
 * @param subject the subject of a mail, or the type of the event of a webhook
 * @param created when it was written
 * @param due when the next attempt is due; null if the message has failed for good
 * @param attempts the number of attempts to send it
 * @param error why the last attempt failed; null if there was none
 */
public record OutboxEntry(
        UUID id,
        OutboxMessage.Channel channel,
        @Nullable String recipient,
        String subject,
        Instant created,
        @Nullable Instant due,
        int attempts,
        @Nullable String error) {

    /** Returns whether the message has failed permanently. */
    public boolean hasFailed() {
        return due == null;
    }
}
