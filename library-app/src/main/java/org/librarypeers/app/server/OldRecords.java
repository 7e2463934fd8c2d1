package org.librarypeers.app.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import org.librarypeers.app.config.RetentionSettings;
import org.librarypeers.sync.DaemonThreads;
import org.librarypeers.sync.accounts.AuditLog;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job that deletes old records in the background, in small transactions, while a server runs. If several nodes run it, one of
 * them deletes at a time.
 */
final class OldRecords implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OldRecords.class);

    /** The wait before the first deletion, so that it does not slow down the start, and between two deletions. */
    private static final Duration FIRST = Duration.ofMinutes(1);

    private static final Duration PAUSE = Duration.ofHours(1);

    private static final int BATCH = 1_000;
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private final LibraryStorage storage;
    private final RetentionSettings retention;
    private final Clock clock;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("old-records"));
    private volatile boolean closed;

    OldRecords(LibraryStorage storage, RetentionSettings retention, Clock clock) {
        this.storage = storage;
        this.retention = retention;
        this.clock = clock;
    }

    /** Starts to delete old records every hour. */
    void start() {
        var unused = thread.scheduleWithFixedDelay(this::run, FIRST.toSeconds(), PAUSE.toSeconds(), TimeUnit.SECONDS);
    }

    private void run() {
        try {
            deleteAll();
        } catch (StorageException e) {
            LOG.debug("Old records are deleted later", e);
        } catch (RuntimeException e) {
            LOG.warn("Old records could not be deleted; trying again", e);
        }
    }

    /** Deletes all records that are old now. */
    void deleteAll() {
        Instant now = clock.instant();
        // The counted sign-ins contain the addresses of clients.
        repeat(limit -> storage.events().removeExpired(now, limit));
        storage.sessions().removeExpired(now);
        Optional<Instant> logs = start(retention.syncLogs(), now);
        Optional<Instant> items = start(retention.runItems(), now);
        long deletedItems = 0;
        for (Optional<Instant> before : List.of(items, logs)) {
            deletedItems += before.map(
                            time -> repeat(limit -> storage.syncLogs().removeItems(time, limit)))
                    .orElse(0L);
        }
        long deletedLogs = logs.map(time -> repeat(limit -> storage.syncLogs().removeOld(time, limit)))
                .orElse(0L);
        if (deletedItems + deletedLogs > 0) {
            LOG.info("Deleted {} old sync logs and {} old items of runs", deletedLogs, deletedItems);
        }
        deleteFromAuditLog(now);
    }

    private void deleteFromAuditLog(Instant now) {
        AuditLog audit = storage.audit();
        start(retention.addresses(), now).ifPresent(time -> repeat(limit -> audit.removeAddresses(time, limit)));
        long deleted = start(retention.audit(), now)
                .map(time -> repeat(limit -> audit.removeOld(time, limit)))
                .orElse(0L);
        if (deleted > 0) {
            LOG.info("Deleted {} old entries of the audit log", deleted);
        }
    }

    private static Optional<Instant> start(Period age, Instant now) {
        return age.isZero() ? Optional.empty() : Optional.of(now.minus(age));
    }

    /** Deletes batch after batch until nothing is left. Returns the number of deleted records. */
    private long repeat(IntUnaryOperator batch) {
        long all = 0;
        int deleted = BATCH;
        while (deleted == BATCH && !closed) {
            deleted = batch.applyAsInt(BATCH);
            all += deleted;
        }
        return all;
    }

    /** Stops after the current batch. */
    @Override
    public void close() {
        closed = true;
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Old records are still being deleted; stopping without them");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
