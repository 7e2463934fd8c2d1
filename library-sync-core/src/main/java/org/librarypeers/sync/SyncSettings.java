package org.librarypeers.sync;

import java.time.Duration;
import java.util.Locale;

/**
 * The limits of a {@link SyncService}. Immutable.
 *
 * <pre>{@code
 * SyncSettings settings = SyncSettings.builder().batchSize(20).shutdownWait(Duration.ofSeconds(30)).build();
 * }</pre>
 */
public final class SyncSettings {

    /**
     * The default number of resources in a batch: {@value}. A crash loses at most the requests of one batch, and a
     * transaction stays short.
     */
    public static final int DEFAULT_BATCH_SIZE = 50;

    /**
     * The default number of attempts to save a batch: {@value}. Only conflicts with other runs are retried, and these
     * are rare and short.
     */
    public static final int DEFAULT_SAVE_ATTEMPTS = 5;

    /**
     * The default number of attempts to save the end of a run: {@value}. With the pauses between them they take 30
     * seconds or longer, which is enough for a database to restart, or for a standby to take over.
     */
    public static final int DEFAULT_END_ATTEMPTS = 120;

    /**
     * The default number of quarantined items that a run retries: {@value}. Each may need two requests, and existing
     * sites allow about 1,000 requests per hour.
     */
    public static final int DEFAULT_QUARANTINE_RETRIES = 250;

    /**
     * The default age from which a reconciliation reads an item again: 20 hours. This is less than a day, so that a
     * daily reconciliation that starts a little early includes the items of the day before.
     */
    public static final Duration DEFAULT_REREAD_AGE = Duration.ofHours(20);

    /**
     * The default number of old items that a reconciliation reads again: {@value}, half of the requests that existing
     * sites allow per hour.
     */
    public static final int DEFAULT_REREAD_COUNT = 500;

    /**
     * The default percentage of a peer's resources that a run may mark as withdrawn: {@value}. If more are missing, an
     * outage of the peer is more likely than a withdrawal.
     */
    public static final int DEFAULT_WITHDRAWAL_GUARD = 20;

    /**
     * The default number of resources up to which a reconciliation requests what differs from the peer's digests: {@value}. Each
     * takes a request. If more differ, the whole list takes fewer requests for most libraries.
     */
    public static final int DEFAULT_DIFFERENCES = 500;

    /**
     * The default number of latest runs of each peer that keep all outcomes: {@value}. Each reconciliation of a large
     * peer adds one outcome for each resource.
     */
    public static final int DEFAULT_OUTCOME_RUNS = 10;

    /**
     * The default time that {@link SyncService#close} waits for runs to end: 10 seconds. Service managers usually kill
     * a process about 30 seconds after asking it to stop.
     */
    public static final Duration DEFAULT_SHUTDOWN_WAIT = Duration.ofSeconds(10);

    /** The default settings. */
    public static final SyncSettings DEFAULTS = builder().build();

    private final int batchSize;
    private final int saveAttempts;
    private final int endAttempts;
    private final int quarantineRetries;
    private final Duration rereadAge;
    private final int rereadCount;
    private final int withdrawalGuard;
    private final int differences;
    private final int outcomeRuns;
    private final Duration shutdownWait;

    private SyncSettings(Builder builder) {
        this.batchSize = builder.batchSize;
        this.saveAttempts = builder.saveAttempts;
        this.endAttempts = builder.endAttempts;
        this.quarantineRetries = builder.quarantineRetries;
        this.rereadAge = builder.rereadAge;
        this.rereadCount = builder.rereadCount;
        this.withdrawalGuard = builder.withdrawalGuard;
        this.differences = builder.differences;
        this.outcomeRuns = builder.outcomeRuns;
        this.shutdownWait = builder.shutdownWait;
    }

    /** Returns a builder with the default settings. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the number of resources in a batch, see {@link Builder#batchSize}. */
    public int batchSize() {
        return batchSize;
    }

    /** Returns the number of attempts to save a batch, see {@link Builder#saveAttempts}. */
    public int saveAttempts() {
        return saveAttempts;
    }

    /** Returns the number of attempts to save the end of a run, see {@link Builder#endAttempts}. */
    public int endAttempts() {
        return endAttempts;
    }

    /** Returns the number of quarantined items that a run retries, see {@link Builder#quarantineRetries}. */
    public int quarantineRetries() {
        return quarantineRetries;
    }

    /** Returns the age from which an item is read again, see {@link Builder#rereadAge}. */
    public Duration rereadAge() {
        return rereadAge;
    }

    /** Returns the number of old items that are read again, see {@link Builder#rereadCount}. */
    public int rereadCount() {
        return rereadCount;
    }

    /** Returns the percentage of resources that may be withdrawn, see {@link Builder#withdrawalGuard}. */
    public int withdrawalGuard() {
        return withdrawalGuard;
    }

    /** Returns the number of differing resources that are requested one by one, see {@link Builder#differences}. */
    public int differences() {
        return differences;
    }

    /** Returns the number of runs that keep all outcomes, see {@link Builder#outcomeRuns}. */
    public int outcomeRuns() {
        return outcomeRuns;
    }

    /** Returns the time to wait for runs to end, see {@link Builder#shutdownWait}. */
    public Duration shutdownWait() {
        return shutdownWait;
    }

    /** A builder of settings. Not thread-safe. Each method rejects a value that is out of range. */
    public static final class Builder {

        private int batchSize = DEFAULT_BATCH_SIZE;
        private int saveAttempts = DEFAULT_SAVE_ATTEMPTS;
        private int endAttempts = DEFAULT_END_ATTEMPTS;
        private int quarantineRetries = DEFAULT_QUARANTINE_RETRIES;
        private Duration rereadAge = DEFAULT_REREAD_AGE;
        private int rereadCount = DEFAULT_REREAD_COUNT;
        private int withdrawalGuard = DEFAULT_WITHDRAWAL_GUARD;
        private int differences = DEFAULT_DIFFERENCES;
        private int outcomeRuns = DEFAULT_OUTCOME_RUNS;
        private Duration shutdownWait = DEFAULT_SHUTDOWN_WAIT;

        private Builder() {}

        /**
         * Sets the number of resources that are requested one by one and saved in one transaction. Resources whose
         * bodies the peer's list already contains are saved page by page instead.
         *
         * @param resources from 1 to 1,000
         * @throws IllegalArgumentException if the number is out of range
         */
        public Builder batchSize(int resources) {
            batchSize = inRange("batch size", resources, 1, 1_000);
            return this;
        }

        /**
         * Sets the number of attempts to save a batch while other runs save the same resources.
         *
         * @param attempts from 1, which means no retry, to 100
         * @throws IllegalArgumentException if the number is out of range
         */
        public Builder saveAttempts(int attempts) {
            saveAttempts = inRange("save attempts", attempts, 1, 100);
            return this;
        }

        /**
         * Sets the number of attempts to save the end of a run while the storage is unavailable. There is a pause of a
         * quarter of a second between them.
         *
         * @param attempts from 1, which means no retry, to 10,000
         * @throws IllegalArgumentException if the number is out of range
         */
        public Builder endAttempts(int attempts) {
            endAttempts = inRange("end attempts", attempts, 1, 10_000);
            return this;
        }

        /**
         * Sets the maximum number of quarantined items that a run retries.
         *
         * @param items from 0, which means that items are retried only when the peer lists them, to 100,000
         * @throws IllegalArgumentException if the number is out of range
         */
        public Builder quarantineRetries(int items) {
            quarantineRetries = inRange("quarantine retries", items, 0, 100_000);
            return this;
        }

        /**
         * Sets how long ago an item must have been read for a reconciliation to read it again.
         *
         * @param age from zero to 365 days
         * @throws IllegalArgumentException if the age is out of range
         */
        public Builder rereadAge(Duration age) {
            rereadAge = inRange("reread age", age, Duration.ofDays(365));
            return this;
        }

        /**
         * Sets the maximum number of old items that a reconciliation reads again.
         *
         * @param items from 0 to 100,000
         * @throws IllegalArgumentException if the number is out of range
         */
        public Builder rereadCount(int items) {
            rereadCount = inRange("reread count", items, 0, 100_000);
            return this;
        }

        /**
         * Sets the largest share of a peer's resources that one run may mark as withdrawn. If more are missing, the run
         * marks none and its log says so.
         *
         * @param percent from 0, which means that nothing is ever marked, to 100, which means no limit
         * @throws IllegalArgumentException if the percentage is out of range
         */
        public Builder withdrawalGuard(int percent) {
            withdrawalGuard = inRange("withdrawal guard", percent, 0, 100);
            return this;
        }

        /**
         * Sets the number of resources up to which a reconciliation requests what differs from the peer's digests. If more differ, it
         * reads the whole list.
         *
         * @param resources from 1 to 10,000
         * @throws IllegalArgumentException if the number is out of range
         */
        public Builder differences(int resources) {
            differences = inRange("differences", resources, 1, 10_000);
            return this;
        }

        /**
         * Sets the number of latest runs of each peer that keep all outcomes. Older runs keep their logs, and the
         * outcomes new, updated and withdrawn.
         *
         * @param runs from 1 to 10,000
         * @throws IllegalArgumentException if the number is out of range
         */
        public Builder outcomeRuns(int runs) {
            outcomeRuns = inRange("outcome runs", runs, 1, 10_000);
            return this;
        }

        /**
         * Sets the time that {@link SyncService#close} waits for runs to end.
         *
         * @param wait from zero to one hour
         * @throws IllegalArgumentException if the time is out of range
         */
        public Builder shutdownWait(Duration wait) {
            shutdownWait = inRange("shutdown wait", wait, Duration.ofHours(1));
            return this;
        }

        /** Returns the settings. */
        public SyncSettings build() {
            return new SyncSettings(this);
        }

        private static int inRange(String field, int value, int min, int max) {
            if (value < min || value > max) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "%s is %d; use a number from %d to %d", field, value, min, max));
            }
            return value;
        }

        private static Duration inRange(String field, Duration value, Duration max) {
            if (value.isNegative() || value.compareTo(max) > 0) {
                throw new IllegalArgumentException(field + " is " + value + "; use a duration from PT0S to " + max);
            }
            return value;
        }
    }
}
