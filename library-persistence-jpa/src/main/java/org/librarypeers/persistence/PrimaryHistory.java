package org.librarypeers.persistence;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The recent positions of the primary, as this process has sampled them. They tell what a replica must have replayed, and
 * how far it lags. No clock of a server takes part, and an idle primary causes no lag. Times are those of
 * {@link System#nanoTime}. Thread-safe.
 */
final class PrimaryHistory {

    private final long maxLag;
    private final Deque<Sample> recent = new ArrayDeque<>();
    private @Nullable ServerState last;

    /** The first sample that the replica has not replayed; null if it has replayed all. */
    private @Nullable Sample missed;

    PrimaryHistory(Duration maxLag) {
        this.maxLag = maxLag.toNanos();
    }

    private record Sample(long time, long position) {}

    /**
     * Adds a sample.
     *
     * @param time the time before the primary was asked
     */
    synchronized void add(long time, ServerState primary) {
        if (last != null && (last.timeline() != primary.timeline() || last.system() != primary.system())) {
            // Positions of different histories cannot be compared.
            recent.clear();
            missed = null;
        }
        last = primary;
        recent.addLast(new Sample(time, primary.position()));
        forget(time);
    }

    private void forget(long now) {
        while (!recent.isEmpty() && now - recent.getFirst().time() > maxLag) {
            recent.removeFirst();
        }
    }

    /** Returns the last sampled state of the primary; null before the first sample. */
    synchronized @Nullable ServerState last() {
        return last;
    }

    /**
     * Returns the state that a replica must have reached so that it lacks only changes that are younger than the limit; null
     * if the primary has not been asked for so long that this is unknown.
     */
    synchronized @Nullable ServerState required(long now) {
        forget(now);
        return last == null || recent.isEmpty()
                ? null
                : last.at(recent.getFirst().position());
    }

    /**
     * Returns how long ago the first change was sampled that a replica lacks; zero if it has replayed all that was sampled.
     * Call it after each sample, with the state of the replica.
     */
    synchronized Duration lag(ServerState replica, long now) {
        if (last == null || replica.missing(last) == 0) {
            missed = null;
            return Duration.ZERO;
        }
        if (missed == null || missed.position() <= replica.position()) {
            missed = recent.stream()
                    .filter(sample -> sample.position() > replica.position())
                    .findFirst()
                    .orElseGet(() -> new Sample(now, Long.MAX_VALUE));
        }
        return Duration.ofNanos(now - missed.time());
    }
}
