package org.librarypeers.app.notifications;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
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

    /** The result of an attempt to send a message. */
    enum Attempt {
        SENT,
        /** The message has failed permanently. */
        FAILED,
        /** The message is tried again later. */
        DELAYED,
        /** The message is tried again later, and no other one can be sent now. */
        CHANNEL_UNUSABLE
    }

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
        return sendDue(stopped, attempt -> {});
    }

    /** Sends the messages that are due now, and returns the number of attempts by result. */
    Map<Attempt, Long> sendDue() {
        Map<Attempt, Long> attempts = new EnumMap<>(Attempt.class);
        sendDue(() -> false, attempt -> attempts.merge(attempt, 1L, Long::sum));
        return attempts;
    }

    private Duration sendDue(BooleanSupplier stopped, Consumer<Attempt> attempts) {
        while (!stopped.getAsBoolean()) {
            Optional<OutboxMessage> due = outbox.claim(channel, clock.instant(), CLAIM);
            if (due.isEmpty()) {
                return PAUSE;
            }
            Attempt attempt = send(due.get());
            attempts.accept(attempt);
            if (attempt == Attempt.CHANNEL_UNUSABLE) {
                return FIRST_WAIT;
            }
        }
        return PAUSE;
    }

    private Attempt send(OutboxMessage message) {
        Instant now = clock.instant();
        if (!message.expires().isAfter(now)) {
            return fail(message, "it could not be sent until " + message.expires());
        }
        try {
            carrier.deliver(message);
        } catch (DeliveryException e) {
            return notDelivered(message, e);
        } catch (RuntimeException e) {
            // Its message may contain the address of the webhook or the text of the mail, which are secrets.
            return notDelivered(
                    message,
                    new DeliveryException(
                            Extent.MESSAGE,
                            "the attempt failed unexpectedly (" + e.getClass().getName() + ")"));
        }
        outbox.sent(message.id(), clock.instant());
        results.sent(channel);
        return Attempt.SENT;
    }

    private Attempt notDelivered(OutboxMessage message, DeliveryException failure) {
        String reason = String.valueOf(failure.getMessage());
        if (failure.extent() == Extent.MESSAGE_FOR_GOOD) {
            return fail(message, reason);
        }
        Instant due = clock.instant().plus(waitAfter(message.attempts()));
        LOG.warn("Message {} was not sent: {}; trying again after {}", message.id(), reason, due);
        outbox.delayed(message.id(), due, reason);
        return failure.extent() == Extent.CHANNEL ? Attempt.CHANNEL_UNUSABLE : Attempt.DELAYED;
    }

    private Attempt fail(OutboxMessage message, String reason) {
        LOG.warn("Message {} has failed permanently: {}", message.id(), reason);
        outbox.failed(message.id(), clock.instant(), reason);
        results.failed(channel);
        return Attempt.FAILED;
    }

    /** Returns the wait after a number of attempts, between half and all of the doubled time. */
    static Duration waitAfter(int attempts) {
        long longest = LONGEST_WAIT.toMillis();
        long doubled = FIRST_WAIT.toMillis() << Math.min(attempts - 1, 10);
        long most = Math.min(longest, doubled);
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
    }
}
