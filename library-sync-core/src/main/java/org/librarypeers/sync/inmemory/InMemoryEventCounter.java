package org.librarypeers.sync.inmemory;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.librarypeers.sync.accounts.EventCounter;
import org.librarypeers.sync.accounts.RateLimit;

record InMemoryEventCounter(InMemoryStorage storage) implements EventCounter {

    /**
     * A recorded event.
     *
     * @param window the maximum distance from now at which the event is kept
     */
    record Event(String subject, Instant at, Duration window) {
        boolean isWithin(Duration distance, Instant now) {
            return Duration.between(at, now).abs().compareTo(distance) < 0;
        }
    }

    @Override
    public Optional<Instant> admit(String subject, RateLimit limit, Instant now) {
        return storage.inTransaction(() -> storage.with(tables -> {
            tables.events.removeIf(event -> !event.isWithin(event.window(), now));
            List<Instant> recent = tables.events.stream()
                    .filter(event -> event.subject().equals(subject) && event.isWithin(limit.window(), now))
                    .map(Event::at)
                    .sorted()
                    .toList();
            Instant next =
                    recent.isEmpty() ? now : limit.next(recent.size(), recent.get(0), recent.get(recent.size() - 1));
            if (next.isAfter(now)) {
                return Optional.of(next);
            }
            tables.events.add(new Event(subject, now, limit.window()));
            return Optional.<Instant>empty();
        }));
    }

    @Override
    public void forget(String subject) {
        storage.change(tables -> tables.events.removeIf(event -> event.subject().equals(subject)));
    }

    @Override
    public int removeExpired(Instant now, int limit) {
        return storage.inTransaction(() -> storage.with(tables -> {
            List<Event> expired = tables.events.stream()
                    .filter(event -> !event.at().plus(event.window()).isAfter(now))
                    .limit(limit)
                    .toList();
            tables.events.removeAll(expired);
            return expired.size();
        }));
    }

    @Override
    public void forget(String subject, Instant at) {
        storage.change(tables -> tables.events.stream()
                .filter(event -> event.subject().equals(subject) && event.at().equals(at))
                .findFirst()
                .ifPresent(tables.events::remove));
    }
}
