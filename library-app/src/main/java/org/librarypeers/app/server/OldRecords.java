package org.librarypeers.app.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.librarypeers.app.background.BackgroundJob;
import org.librarypeers.app.config.RetentionSettings;
import org.librarypeers.sync.accounts.AuditLog;
import org.librarypeers.sync.library.LibraryStorage;
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

    /** The time for which messages that were sent, have failed or have expired are kept, so that they can be looked up. */
    private static final Duration SENT_MESSAGES = Duration.ofDays(7);

    /** The time for which changes of many resources are kept. The pages offer to undo them for half an hour. */
    private static final Duration BULK_CHANGES = Duration.ofDays(1);

    private static final int BATCH = 1_000;

    private final LibraryStorage storage;
    private final RetentionSettings retention;
    private final Clock clock;
    private final BackgroundJob job = new BackgroundJob("old-records");

    OldRecords(LibraryStorage storage, RetentionSettings retention, Clock clock) {
        this.storage = storage;
        this.retention = retention;
        this.clock = clock;
    }

    /** Starts to delete old records every hour. */
    void start() {
        job.start(FIRST, PAUSE, () -> {
            deleteAll();
            return PAUSE;
        });
    }

    /** Deletes all records that are old now. */
    void deleteAll() {
        Instant now = clock.instant();
        // The counted sign-ins contain the addresses of clients.
        repeat(limit -> storage.events().removeExpired(now, limit));
        storage.sessions().removeExpired(now);
        storage.accountTokens().removeExpired(now);
        repeat(limit -> storage.outbox().removeOld(now.minus(SENT_MESSAGES), limit));
        repeat(limit -> storage.bulkChanges().removeOld(now.minus(BULK_CHANGES), limit));
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
        start(retention.addresses(), now).ifPresent(time -> {
            repeat(limit -> audit.removeAddresses(time, limit));
            repeat(limit -> storage.problemReports().forgetAddresses(time, limit));
        });
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
        while (deleted == BATCH && !job.closed()) {
            deleted = batch.applyAsInt(BATCH);
            all += deleted;
        }
        return all;
    }

    /** Stops after the current batch. */
    @Override
    public void close() {
        job.close();
    }
}
