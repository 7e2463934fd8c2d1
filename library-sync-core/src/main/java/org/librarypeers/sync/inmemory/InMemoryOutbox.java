package org.librarypeers.sync.inmemory;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.notifications.Outbox;
import org.librarypeers.sync.notifications.OutboxCounts;
import org.librarypeers.sync.notifications.OutboxEntry;
import org.librarypeers.sync.notifications.OutboxMessage;

record InMemoryOutbox(InMemoryStorage storage) implements Outbox {

    /**
     * A message with its state.
     *
     * @param due when it is due; null if it was sent or has failed
     * @param done when it was sent or failed; null if it is still to be sent
     * @param isSent whether it was sent
     * @param error why the last attempt failed; null if there was none
     */
    record Kept(
            OutboxMessage message,
            @Nullable Instant due,
            @Nullable Instant done,
            boolean isSent,
            @Nullable String error) {

        boolean isDue(Instant now) {
            return due != null && !due.isAfter(now);
        }

        /** Returns whether the message is still to be sent and worth sending. */
        boolean isWaiting(Instant now) {
            return done == null && message.expires().isAfter(now);
        }

        /** Returns whether the message was sent or failed before a time, or was still to be sent and expired before it. */
        boolean isOld(Instant before) {
            return (done == null ? message.expires() : done).isBefore(before);
        }

        OutboxEntry entry() {
            return new OutboxEntry(
                    message.id(),
                    message.channel(),
                    message.recipient(),
                    message.subject(),
                    message.created(),
                    due,
                    message.attempts(),
                    error);
        }

        Instant dueTime() {
            return due == null ? Instant.MAX : due;
        }
    }

    @Override
    public void add(OutboxMessage message) {
        storage.change(tables ->
                tables.outbox.putIfAbsent(message.id(), new Kept(message, message.created(), null, false, null)));
    }

    @Override
    public Optional<OutboxMessage> claim(OutboxMessage.Channel channel, Instant now, Duration claim) {
        if (storage.isInTransaction()) {
            throw new IllegalStateException("a message must be claimed outside of a transaction");
        }
        return storage.inTransaction(() -> {
            Optional<OutboxMessage> next = storage.with(tables -> tables.outbox.values().stream()
                    .filter(kept -> kept.message().channel() == channel && kept.isDue(now))
                    .min(Comparator.comparing(Kept::dueTime)
                            .thenComparing(kept -> kept.message().id()))
                    .map(kept -> tried(kept.message())));
            next.ifPresent(message ->
                    update(message.id(), kept -> new Kept(message, now.plus(claim), null, false, kept.error())));
            return next;
        });
    }

    private static OutboxMessage tried(OutboxMessage message) {
        return new OutboxMessage(
                message.id(),
                message.channel(),
                message.recipient(),
                message.subject(),
                message.body(),
                message.created(),
                message.expires(),
                message.attempts() + 1);
    }

    private void update(UUID id, UnaryOperator<Kept> change) {
        storage.change(tables -> tables.outbox.computeIfPresent(id, (same, kept) -> change.apply(kept)));
    }

    @Override
    public void sent(UUID message, Instant now) {
        update(message, kept -> new Kept(kept.message(), null, now, true, null));
    }

    @Override
    public void delayed(UUID message, Instant due, String error) {
        update(message, kept -> kept.done() == null ? new Kept(kept.message(), due, null, false, error) : kept);
    }

    @Override
    public void failed(UUID message, Instant now, String error) {
        update(message, kept -> kept.isSent() ? kept : new Kept(kept.message(), null, now, false, error));
    }

    @Override
    public List<OutboxEntry> unsent(int limit) {
        return storage.with(tables -> tables.outbox.values().stream()
                .filter(kept -> !kept.isSent())
                .map(Kept::entry)
                .sorted(Comparator.comparing(OutboxEntry::created).thenComparing(OutboxEntry::id))
                .limit(limit)
                .toList());
    }

    @Override
    public Map<OutboxMessage.Channel, OutboxCounts> counts(Instant now) {
        Map<OutboxMessage.Channel, OutboxCounts> counts = new EnumMap<>(OutboxMessage.Channel.class);
        for (OutboxMessage.Channel channel : OutboxMessage.Channel.values()) {
            Map<Boolean, List<Instant>> created = storage.with(tables -> tables.outbox.values().stream()
                    .filter(kept -> !kept.isSent() && kept.message().channel() == channel)
                    .collect(Collectors.partitioningBy(
                            kept -> kept.isWaiting(now),
                            Collectors.mapping(kept -> kept.message().created(), Collectors.toList()))));
            List<Instant> waiting = created.getOrDefault(true, List.of());
            List<Instant> failed = created.getOrDefault(false, List.of());
            counts.put(
                    channel,
                    new OutboxCounts(
                            waiting.size(), failed.size(), waiting.isEmpty() ? null : Collections.min(waiting)));
        }
        return counts;
    }

    @Override
    public int removeOld(Instant before, int limit) {
        return storage.inTransaction(() -> {
            List<UUID> old = storage.with(tables -> tables.outbox.values().stream()
                    .filter(kept -> kept.isOld(before))
                    .map(kept -> kept.message().id())
                    .limit(limit)
                    .toList());
            storage.change(tables -> tables.outbox.keySet().removeAll(old));
            return old.size();
        });
    }
}
