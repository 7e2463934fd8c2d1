package org.librarypeers.app.notifications;

import java.util.Map;
import org.librarypeers.app.notifications.OutboxSender.Attempt;

/**
 * The results of an attempt to send all messages that were due.
 *
 * @param sent the number of messages that were sent
 * @param failed the number of messages that have failed for good
 * @param delayed the number of messages that were not sent and are tried again later
 */
public record SendReport(long sent, long failed, long delayed) {

    static final SendReport NONE = new SendReport(0, 0, 0);

    static SendReport of(Map<Attempt, Long> attempts) {
        return new SendReport(
                attempts.getOrDefault(Attempt.SENT, 0L),
                attempts.getOrDefault(Attempt.FAILED, 0L),
                attempts.getOrDefault(Attempt.DELAYED, 0L) + attempts.getOrDefault(Attempt.CHANNEL_UNUSABLE, 0L));
    }

    SendReport plus(SendReport other) {
        return new SendReport(sent + other.sent, failed + other.failed, delayed + other.delayed);
    }

    /** Returns whether all messages that were due have been sent. */
    public boolean isComplete() {
        return failed == 0 && delayed == 0;
    }
}
