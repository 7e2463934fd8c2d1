package org.librarypeers.sync.notifications;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message that is to be sent.
 *
 * @param id the id, from which the {@code Message-ID} of a mail and the {@code webhook-id} are made; a message that is sent
 *     twice has the same id both times
 * @param channel the way in which it is sent
 * @param recipient the e-mail address of a mail; null for a webhook
 * @param subject the subject of a mail, or the type of the event of a webhook
 * @param body the text of a mail, or the JSON of a webhook; it may contain a secret, such as a link that sets a password
 * @param created when it was written
 * @param expires when it is no longer worth sending, and counts as failed
 * @param attempts the number of attempts to send it, including the present one
 */
public record OutboxMessage(
        UUID id,
        Channel channel,
        @Nullable String recipient,
        String subject,
        String body,
        Instant created,
        Instant expires,
        int attempts) {

    /** A way in which messages are sent. */
    public enum Channel {
        MAIL,
        WEBHOOK
    }

    /**
     * Truncates the times to microseconds, and validates the message.
     *
     * @throws IllegalArgumentException if a mail has no recipient, or a webhook has one
     */
    public OutboxMessage {
        if ((channel == Channel.MAIL) != (recipient != null)) {
            throw new IllegalArgumentException("a message by " + channel + " has the recipient " + recipient);
        }
        created = created.truncatedTo(ChronoUnit.MICROS);
        expires = expires.truncatedTo(ChronoUnit.MICROS);
    }

    /** Returns a description without the body. */
    @Override
    public String toString() {
        return "OutboxMessage[" + id + ", " + channel + ", " + recipient + ", " + subject + "]";
    }
}
