package org.librarypeers.app.wiring;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.librarypeers.persistence.JpaStorage;
import org.librarypeers.sync.storage.StorageUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A wait for a database that cannot be reached yet.
 *
 * @param limit the longest wait
 * @param cancelled returns whether to stop waiting
 */
record DatabaseWait(Duration limit, BooleanSupplier cancelled) {

    /** No wait: the database must answer now. */
    static final DatabaseWait NONE = new DatabaseWait(Duration.ZERO, () -> true);

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseWait.class);

    /** The time to wait for a database server that is starting, for example after a boot. */
    private static final Duration DEFAULT_LIMIT = Duration.ofMinutes(2);

    private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** Returns a wait of two minutes. */
    static DatabaseWait until(BooleanSupplier cancelled) {
        return new DatabaseWait(DEFAULT_LIMIT, cancelled);
    }

    /**
     * Waits until the database gives any answer. Rethrows the failure when the limit has passed or the wait is
     * cancelled.
     */
    void await(JpaStorage storage) {
        long start = System.nanoTime();
        long lastLogged = start - LOG_INTERVAL.toNanos();
        while (true) {
            try {
                storage.isNew();
                return;
            } catch (StorageUnavailableException e) {
                long now = System.nanoTime();
                if (now - start >= limit.toNanos() || cancelled.getAsBoolean()) {
                    throw e;
                }
                if (now - lastLogged >= LOG_INTERVAL.toNanos()) {
                    LOG.warn("Waiting up to {} s for the database: {}", limit.toSeconds(), e.getMessage());
                    lastLogged = now;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }
}
