package org.librarypeers.sync.inmemory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.librarypeers.sync.port.AttemptLog;

record InMemoryAttempts(InMemoryStorage storage) implements AttemptLog {

    @Override
    public Optional<Instant> admit(String subject, int limit, Instant now, Duration window) {
        return storage.inTransaction(() -> storage.with(tables -> {
            Instant since = now.minus(window);
            tables.attempts.replaceAll((each, times) -> only(times, time -> time.isAfter(since)));
            tables.attempts.values().removeIf(List::isEmpty);
            List<Instant> times = tables.attempts.getOrDefault(subject, List.of());
            if (times.size() >= limit) {
                return Optional.of(times.get(times.size() - limit).plus(window));
            }
            List<Instant> more = new ArrayList<>(times);
            more.add(now);
            Collections.sort(more);
            tables.attempts.put(subject, List.copyOf(more));
            return Optional.<Instant>empty();
        }));
    }

    private static List<Instant> only(List<Instant> times, Predicate<Instant> kept) {
        return times.stream().filter(kept).toList();
    }

    @Override
    public void forget(String subject) {
        storage.change(tables -> tables.attempts.remove(subject));
    }

    @Override
    public void forget(String subject, Instant at) {
        storage.change(tables ->
                tables.attempts.computeIfPresent(subject, (same, times) -> only(times, time -> !time.equals(at))));
    }
}
