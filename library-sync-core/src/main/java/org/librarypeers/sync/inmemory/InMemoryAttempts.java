package org.librarypeers.sync.inmemory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.librarypeers.sync.accounts.AttemptLog;

record InMemoryAttempts(InMemoryStorage storage) implements AttemptLog {

    @Override
    public Optional<Instant> admit(String subject, int free, Instant now, Duration window) {
        return storage.inTransaction(() -> storage.with(tables -> {
            tables.attempts.replaceAll((each, times) ->
                    only(times, time -> Duration.between(time, now).abs().compareTo(window) < 0));
            tables.attempts.values().removeIf(List::isEmpty);
            List<Instant> times = tables.attempts.getOrDefault(subject, List.of());
            Instant next = AttemptLog.next(times, free, now, window);
            if (next.isAfter(now)) {
                return Optional.of(next);
            }
            List<Instant> more = new ArrayList<>(times);
            more.add(now);
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
