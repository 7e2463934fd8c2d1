package org.librarypeers.app.notifications;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.librarypeers.app.notifications.DeliveryException.Extent;
import org.librarypeers.sync.notifications.Outbox;
import org.librarypeers.sync.notifications.OutboxMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the messages of one channel that are due. Thread-safe. */
final class OutboxSender {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxSender.class);

    /** Longer than an attempt can take. After a crash, the message is sent again when this time has passed. */
    static final Duration CLAIM = Duration.ofMinutes(10);

    /** The wait before the second attempt. It is doubled for each further one, up to the longest wait. */
    static final Duration FIRST_WAIT = Duration.ofSeconds(30);

    static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

    /** The pause when no message is due. */
    private static final Duration PAUSE = Duration.ofSeconds(3);

    private final OutboxMessage.Channel channel;
    private final Carrier carrier;
    private final Outbox outbox;
    private final Clock clock;
    private final Notifications.Results results;

    OutboxSender(
            OutboxMessage.Channel channel, Carrier carrier, Outbox outbox, Clock clock, Notifications.Results results) {
        this.channel = channel;
        this.carrier = carrier;
        this.outbox = outbox;
        this.clock = clock;
        this.results = results;
    }

    /**
     * Sends the messages that are due, one after the other. Stops when no message is due, when the channel cannot be used, or
     * when it is told to.
     *
     * @return the time to wait before the next call
     */
    Duration sendDue(BooleanSupplier stopped) {
        while (!stopped.getAsBoolean()) {
            Optional<OutboxMessage> due = outbox.claim(channel, clock.instant(), CLAIM);
            if (due.isEmpty()) {
                return PAUSE;
            }
            if (!send(due.get())) {
                return FIRST_WAIT;
            }
        }
        return PAUSE;
    }

    /** Sends a message. Returns whether the channel can be used for others. */
    private boolean send(OutboxMessage message) {
        Instant now = clock.instant();
        if (!message.expires().isAfter(now)) {
            fail(message, "it could not be sent until " + message.expires());
            return true;
        }
        try {
            carrier.deliver(message);
        } catch (DeliveryException e) {
            notDelivered(message, e);
            return e.extent() != Extent.CHANNEL;
        }
        outbox.sent(message.id(), clock.instant());
        results.sent(channel);
        return true;
    }

    private void notDelivered(OutboxMessage message, DeliveryException failure) {
        String reason = String.valueOf(failure.getMessage());
        if (failure.extent() == Extent.MESSAGE_FOR_GOOD) {
            fail(message, reason);
            return;
        }
        Instant due = clock.instant().plus(waitAfter(message.attempts()));
        LOG.warn("Message {} was not sent: {}; trying again after {}", message.id(), reason, due);
        outbox.delayed(message.id(), due, reason);
    }

    private void fail(OutboxMessage message, String reason) {
        LOG.warn("Message {} has failed for good: {}", message.id(), reason);
        outbox.failed(message.id(), clock.instant(), reason);
        results.failed(channel);
    }

    /** Returns the wait after a number of attempts, between half and all of the doubled time. */
    static Duration waitAfter(int attempts) {
        long longest = LONGEST_WAIT.toMillis();
        long doubled = FIRST_WAIT.toMillis() << Math.min(attempts - 1, 10);
        long most = Math.min(longest, doubled);
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
    }
}
