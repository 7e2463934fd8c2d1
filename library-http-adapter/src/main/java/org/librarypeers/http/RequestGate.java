package org.librarypeers.http;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Count;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.sync.peer.PeerThrottledException;

/**
 * The gate for all requests of one account to one peer. It limits concurrent requests, their rate, and their number per hour.
 * It closes if requests would have to wait longer than {@link Settings#maxWait}.
 *
 * <p>Safe for use by multiple threads. Threads wait here; one of them sleeps until the next request is allowed, and then wakes
 * the others.
 */
final class RequestGate {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final int PAUSES_WITHOUT_WAIT = 2;
    private static final Duration FIRST_GAP = Duration.ofMillis(250);
    private static final Duration LONGEST_GAP = Duration.ofSeconds(4);

    /** The number of consecutive answers after which the rate increases a little. */
    private static final int CALM = 20;

    private static final int RECENT = 50;
    private static final int ENOUGH_TO_MEASURE = 5;

    private final PeerHost host;
    private final Settings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final RequestQuota quota = new RequestQuota();

    /** The times of the latest answers. */
    private final Deque<Instant> recent = new ArrayDeque<>();

    private int inProgress;
    private int connections;

    /** The number of times that requests were slowed down. Requests that were in progress at such a time do not count again. */
    private int troubles;

    private int answeredInARow;
    private int pausesInARow;
    private Duration pausedInARow = Duration.ZERO;
    private int usedWhenThrottled;
    private Instant nextFreeWhenThrottled = Instant.MIN;
    private Duration gap = Duration.ZERO;
    private Instant notBefore = Instant.MIN;
    private boolean watched;
    private @Nullable PeerThrottledException closed;

    RequestGate(PeerHost host, Settings settings) {
        this.host = host;
        this.settings = settings;
        this.connections = settings.detailConnections();
    }

    /** The ways in which a request ends. */
    enum Ending {
        /** The peer answered and counts the request. */
        ANSWERED,
        /** The peer answered and does not count the request. */
        UNCOUNTED,
        /** The peer answered with a server error, such as an overload. */
        TROUBLED,
        /** No answer arrived. */
        LOST
    }

    /** Starts a session. It keeps what is known about the quota, and no longer counts earlier throttling. */
    void open() {
        lock.lock();
        try {
            closed = null;
            connections = settings.detailConnections();
            gap = Duration.ZERO;
            recent.clear();
            answeredInARow = 0;
            pausesInARow = 0;
            pausedInARow = Duration.ZERO;
            usedWhenThrottled = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until a request is allowed. Each request must then call {@link #leave} or {@link #throttled}.
     *
     * @return the turn of the request, to pass to these methods
     * @throws PeerThrottledException if the wait is longer than {@link Settings#maxWait}
     */
    int enter() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                // A thread that was woken and interrupted at the same moment belongs to a session that is over.
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                Instant now = settings.clock().instant();
                throwIfClosed(now);
                Instant next = quota.next(now);
                if (Duration.between(now, next).compareTo(settings.maxWait()) > 0) {
                    close(quota.worthwhile(now), 429, now);
                    throwIfClosed(now);
                }
                if (Duration.between(now, notBefore).compareTo(longer(settings.maxWait(), LONGEST_GAP)) > 0) {
                    // This library's clock was set back.
                    notBefore = now;
                }
                Instant turn = next.isAfter(notBefore) ? next : notBefore;
                if (watched || inProgress >= maxConcurrent(now)) {
                    changed.await();
                } else if (turn.isAfter(now)) {
                    watch(Duration.between(now, turn));
                } else {
                    inProgress++;
                    notBefore = now.plus(gap);
                    return troubles;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns how many concurrent requests are allowed. After a pause, a single request tests whether the peer answers again.
     */
    private int maxConcurrent(Instant now) {
        return pausesInARow > 0 ? 1 : Math.min(connections, Math.max(1, quota.room(now)));
    }

    private void watch(Duration wait) throws InterruptedException {
        watched = true;
        lock.unlock();
        try {
            settings.sleeper().sleep(wait);
        } finally {
            lock.lock();
            watched = false;
            changed.signalAll();
        }
    }

    /** Records how the request of a turn ended. */
    void leave(int turn, Ending ending) {
        lock.lock();
        try {
            inProgress--;
            changed.signalAll();
            Instant now = settings.clock().instant();
            switch (ending) {
                case ANSWERED -> {
                    quota.answered(now);
                    answered(turn, now);
                }
                case UNCOUNTED -> answered(turn, now);
                case TROUBLED -> backOff(turn);
                case LOST -> {
                    quota.lost(now);
                    backOff(turn);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Records an answer to a request that did not pass this gate. */
    void answeredBeside() {
        lock.lock();
        try {
            quota.answered(settings.clock().instant());
        } finally {
            lock.unlock();
        }
    }

    private void answered(int turn, Instant now) {
        if (recent.size() == RECENT) {
            recent.remove();
        }
        recent.add(now);
        if (turn != troubles) {
            return;
        }
        pausesInARow = 0;
        pausedInARow = Duration.ZERO;
        answeredInARow++;
        if (answeredInARow % CALM == 0) {
            connections = Math.min(connections + 1, settings.detailConnections());
            gap = gap.compareTo(FIRST_GAP) <= 0 ? Duration.ZERO : gap.dividedBy(2);
        }
    }

    private boolean backOff(int turn) {
        if (turn != troubles) {
            return false;
        }
        troubles++;
        connections = Math.max(1, connections / 2);
        answeredInARow = 0;
        return true;
    }

    /** Records that the peer throttled the request of a turn. */
    void throttled(int turn, AnswerException.Status status) {
        lock.lock();
        try {
            inProgress--;
            changed.signalAll();
            Instant now = settings.clock().instant();
            if (backOff(turn)) {
                Duration wait = status.retryAfter();
                if (wait != null) {
                    throttledFor(wait, status.code(), now);
                } else if (quota.isUsedUp(now)) {
                    learn(now);
                } else {
                    throttledWithoutWait(status.code(), now);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void throttledFor(Duration wait, int code, Instant now) {
        if (code == 429 && quota.explains(wait, now)) {
            learn(now);
        }
        if (!pause(wait, now)) {
            close(now.plus(wait), code, now);
        }
    }

    /**
     * Handles throttling for which the peer states no wait. The peer may limit requests per second or minute, so a short pause
     * is tried first.
     */
    private void throttledWithoutWait(int code, Instant now) {
        if (pausesInARow == 0 && isFullAgain(now)) {
            learn(now);
        } else if (pausesInARow < PAUSES_WITHOUT_WAIT && pause(FIRST_PAUSE.multipliedBy(pausesInARow + 1L), now)) {
            gap = gap.isZero() ? FIRST_GAP : gap.multipliedBy(2);
            gap = gap.compareTo(LONGEST_GAP) > 0 ? LONGEST_GAP : gap;
        } else {
            learn(now);
            if (pausesInARow > PAUSES_WITHOUT_WAIT || !quota.isUsedUp(now)) {
                close(quota.worthwhile(now), code, now);
            }
            // Otherwise the wait may be within the limit. This is tried only once.
            pausesInARow = PAUSES_WITHOUT_WAIT + 1;
        }
    }

    /**
     * Returns whether the peer throttles at the same number of requests as before, although a pause helped. In that case, the
     * first answers no longer count, and the hour is full again.
     */
    private boolean isFullAgain(Instant now) {
        int used = quota.used(now);
        Instant nextFree = quota.nextFree(now);
        boolean again = usedWhenThrottled > 0
                && used <= usedWhenThrottled + usedWhenThrottled / 50
                && nextFree.isAfter(nextFreeWhenThrottled);
        usedWhenThrottled = used;
        nextFreeWhenThrottled = nextFree;
        return again;
    }

    /** Learns the quota. The hour is full, so sending requests more slowly does not help. */
    private void learn(Instant now) {
        quota.throttled(now);
        gap = Duration.ZERO;
    }

    /** Pauses requests, unless consecutive pauses together exceed {@link Settings#maxWait}. Returns whether it paused them. */
    private boolean pause(Duration pause, Instant now) {
        Duration paused = pausedInARow.plus(pause);
        if (paused.compareTo(settings.maxWait()) > 0) {
            return false;
        }
        pausesInARow++;
        pausedInARow = paused;
        notBefore = now.plus(pause);
        return true;
    }

    private void close(Instant from, int code, Instant now) {
        Instant until = from.plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS);
        changed.signalAll();
        closed = new PeerThrottledException(
                until,
                host + " has throttled this library (" + code + ")" + allowed(now)
                        + "; requests are allowed again from " + until);
    }

    private String allowed(Instant now) {
        int known = quota.known(now);
        int used = quota.used(now);
        if (known > 0) {
            int about = known < 100 ? known : (known + 5) / 10 * 10;
            return String.format(Locale.ROOT, "; it allows about %,d requests an hour", about);
        }
        return used == 0 ? "" : "; it answered " + Count.of(used, "request") + " in the last hour";
    }

    private void throwIfClosed(Instant now) {
        if (closed != null && closed.until().isAfter(now)) {
            // Each thread gets its own exception, with its own stack trace.
            throw new PeerThrottledException(closed.until(), closed.getMessage());
        }
    }

    /** Returns how many more requests the peer is expected to answer within the present hour; empty if unknown. */
    OptionalInt quotaLeft() {
        lock.lock();
        try {
            Instant now = settings.clock().instant();
            int known = quota.known(now);
            return known == 0 ? OptionalInt.empty() : OptionalInt.of(Math.max(0, known - quota.used(now)));
        } finally {
            lock.unlock();
        }
    }

    /** Returns how long a number of requests is expected to take; empty if unknown. */
    Optional<Duration> timeFor(int requests) {
        lock.lock();
        try {
            Instant now = settings.clock().instant();
            Duration each = timeForEach();
            Duration wait = quota.wait(requests, now);
            wait = longer(wait, Duration.between(now, notBefore.isAfter(now) ? notBefore : now));
            wait = longer(wait, closed == null ? Duration.ZERO : Duration.between(now, closed.until()));
            if (each == null) {
                return wait.isZero() ? Optional.empty() : Optional.of(wait);
            }
            Duration afterWait = wait.plus(each.multipliedBy(quota.lastHour(requests, now)));
            return Optional.of(longer(afterWait, each.multipliedBy(requests)));
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Duration timeForEach() {
        if (recent.size() < ENOUGH_TO_MEASURE) {
            return null;
        }
        Duration took = Duration.between(recent.getFirst(), recent.getLast());
        return longer(gap, took.isNegative() ? Duration.ZERO : took.dividedBy(recent.size() - 1L));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
