package org.librarypeers.sync.scheduler;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.task.Task;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.sync.DaemonThreads;
import org.librarypeers.sync.SyncScope;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.storage.StorageException;
import org.librarypeers.sync.storage.SyncStorage;

/**
 * A scheduler that syncs peers at regular intervals, and in the background on request. Thread-safe.
 *
 * <p>It schedules the queryable peers with {@link Peer#syncsAutomatically()}. Any number of nodes may use one database:
 * each scheduled run is claimed by one of them through a table of db-scheduler, and another node takes over the run of a
 * node that died. All state is in that table.
 *
 * <pre>
 *  peers ── upkeep, twice a minute ──► sync_schedule ── due ──► DueRuns ──► SyncService
 *                                            ▲                     │            ▲
 *                                            └── when next ────────┘          runNow
 * </pre>
 *
 * <p>The table must exist in PostgreSQL. {@code JpaStorage.migrate()} creates it; without that storage, call {@link
 * #createTableIfMissing()}. Runs use platform threads, because interrupting a virtual thread closes the database
 * connection that it is reading from.
 *
 * <p>Building a scheduler does no I/O. Close it before the sync service and the storage.
 */
public final class SyncScheduler implements AutoCloseable {

    /** The default of {@link Builder#interval}: 6 hours. */
    public static final Duration DEFAULT_INTERVAL = Duration.ofHours(6);

    /** The longest {@link Builder#interval}: 7 days. A run that is due much later was scheduled by a wrong clock. */
    public static final Duration MAX_INTERVAL = Peer.MAX_INTERVAL;

    /** The default of {@link Builder#reconciliationInterval}: 1 day. */
    public static final Duration DEFAULT_RECONCILIATION_INTERVAL = Duration.ofDays(1);

    /**
     * The default of {@link Builder#concurrentRuns}: 4, so that syncs leave processor time and database connections to readers
     * on a machine with two cores.
     */
    public static final int DEFAULT_CONCURRENT_RUNS = 4;

    /** The default of {@link Builder#pollingInterval}: 10 seconds. */
    public static final Duration DEFAULT_POLLING_INTERVAL = Duration.ofSeconds(10);

    /** The default of {@link Builder#heartbeatInterval}: 30 seconds. A dead node is noticed after four of them. */
    public static final Duration DEFAULT_HEARTBEAT_INTERVAL = Duration.ofSeconds(30);

    /** The default of {@link Builder#tableName}: the table that {@code JpaStorage} creates. */
    public static final String DEFAULT_TABLE_NAME = "sync_schedule";

    private final RunSlots slots;
    private final ScheduleTable table;
    private final ScheduleUpkeep upkeep;
    private final BackgroundRuns background;
    private final Duration upkeepInterval;
    private @Nullable ScheduledExecutorService upkeepThread;
    private boolean closed;

    private SyncScheduler(Builder builder) {
        SyncTimetable timetable = new SyncTimetable(
                builder.interval, builder.reconciliationInterval, builder.speedUp, builder.chance, builder.startTimes);
        this.slots = new RunSlots(builder.concurrentRuns);
        this.table = new ScheduleTable(builder, timetable, slots);
        this.upkeep = new ScheduleUpkeep(builder.storage, table, builder.clock, timetable);
        this.background = new BackgroundRuns(builder.sync, builder.storage, slots, builder.carrier);
        this.upkeepInterval = timetable.hurried(ScheduleUpkeep.INTERVAL);
    }

    /**
     * Returns a builder of a scheduler. The caller remains responsible for closing what it passes.
     *
     * @param dataSource connections to the database with the table of the schedule; a pool, because the scheduler opens a
     *     connection for each statement
     * @param sync the service that syncs a peer
     * @param storage the storage that the service uses
     */
    public static Builder builder(DataSource dataSource, SyncService sync, SyncStorage storage) {
        return new Builder(dataSource, sync, storage);
    }

    /**
     * Creates the table of the schedule if the database does not have it. Not needed with {@code JpaStorage}, which
     * creates it with its own tables.
     *
     * @throws StorageException if the database cannot be used
     */
    public void createTableIfMissing() {
        table.createIfMissing();
    }

    /**
     * Starts to sync peers when they are due, until this scheduler is closed.
     *
     * @throws IllegalStateException if it is already started or closed
     */
    public synchronized void start() {
        if (closed) {
            throw new IllegalStateException("the scheduler is closed");
        }
        if (upkeepThread != null) {
            throw new IllegalStateException("the scheduler has already been started");
        }
        table.start();
        upkeep.start();
        ScheduledExecutorService thread =
                Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("schedule-upkeep"));
        var unused = thread.scheduleWithFixedDelay(upkeep::run, 0, upkeepInterval.toMillis(), TimeUnit.MILLISECONDS);
        upkeepThread = thread;
    }

    /** Returns whether this scheduler is started and not closed. Other processes may run the schedule too. */
    public synchronized boolean isStarted() {
        return upkeepThread != null;
    }

    /**
     * Returns the time of the next sync of each peer, ordered by peer id. Leaves out peers that are being synced by the
     * schedule, are new, or are not on the schedule. A time in the past means that no process runs the schedule, or that
     * other peers are first.
     *
     * @throws StorageException if the database cannot be used
     */
    public Map<PeerId, Instant> next() {
        return table.next();
    }

    /**
     * Returns the state of a peer's schedule. Returns an empty {@code Optional} if the peer is not on the schedule, or is
     * so new that it has not been added yet.
     *
     * @throws StorageException if the database cannot be used
     */
    public Optional<PeerSchedule> find(PeerId peer) {
        return table.find(peer);
    }

    /**
     * Starts a sync of a peer in the background, whether this scheduler is started or not, and whether the peer is on the
     * schedule or not. Returns as soon as the sync log of the run is saved, or when the start is refused. Does not change
     * when the peer is due.
     *
     * @param peer a queryable peer
     * @param scope what to read
     * @throws IllegalArgumentException if the peer is not queryable
     * @throws IllegalStateException if this scheduler or the sync service is closed
     * @throws StorageException if the storage fails
     */
    public RunStart runNow(Peer peer, SyncScope scope) {
        return background.start(peer, scope);
    }

    /**
     * Returns the progress of the current run of a peer, or of its last run if none is in progress. Returns an empty
     * {@code Optional} if the peer was never synced.
     *
     * @throws StorageException if the storage fails
     */
    public Optional<RunProgress> progress(PeerId peer) {
        return background.progress(peer);
    }

    /**
     * Returns why no peer is synced although peers are due, as text for a log or a health check. Returns an empty
     * {@code Optional} if the schedule works, or if this scheduler is not started.
     */
    public synchronized Optional<String> standstill() {
        return upkeepThread == null ? Optional.empty() : upkeep.standstill();
    }

    /**
     * Interrupts the runs of this scheduler and waits for them to end, usually for a few seconds, at most for half a
     * minute. No run starts afterwards. Interrupted scheduled runs continue soon, on another node or after a restart.
     * Idempotent.
     */
    @Override
    public synchronized void close() {
        closed = true;
        slots.close();
        background.interrupt();
        if (upkeepThread != null) {
            upkeepThread.shutdown();
            upkeepThread = null;
            table.stop();
        }
        background.awaitEnd();
    }

    /** Brings the schedule up to date, on the calling thread. */
    void runUpkeep() {
        upkeep.run();
    }

    /** Returns the engine. */
    Scheduler engine() {
        return table.engine();
    }

    /** A builder of {@link SyncScheduler}. Not safe for use by multiple threads. */
    public static final class Builder {

        final DataSource dataSource;
        final SyncService sync;
        final SyncStorage storage;
        Clock clock = Clock.systemUTC();
        Supplier<Duration> interval = () -> DEFAULT_INTERVAL;
        Duration reconciliationInterval = DEFAULT_RECONCILIATION_INTERVAL;
        UnaryOperator<Instant> startTimes = UnaryOperator.identity();
        int concurrentRuns = DEFAULT_CONCURRENT_RUNS;
        Duration pollingInterval = DEFAULT_POLLING_INTERVAL;
        Duration heartbeatInterval = DEFAULT_HEARTBEAT_INTERVAL;
        String tableName = DEFAULT_TABLE_NAME;
        UnaryOperator<Runnable> carrier = UnaryOperator.identity();
        int speedUp = 1;
        DoubleSupplier chance = () -> ThreadLocalRandom.current().nextDouble();
        BiFunction<DataSource, List<Task<?>>, SchedulerBuilder> engine = SchedulerBuilder::new;

        private Builder(DataSource dataSource, SyncService sync, SyncStorage storage) {
            this.dataSource = dataSource;
            this.sync = sync;
            this.storage = storage;
        }

        /** Sets the clock of this node. The clocks of all nodes must agree to the minute. Default: the system clock. */
        public Builder clock(Clock time) {
            this.clock = time;
            return this;
        }

        /**
         * Sets the wait between a successful run of a peer and its next run, for peers without {@link Peer#interval}. Every wait
         * varies randomly by a tenth. Default: {@link #DEFAULT_INTERVAL}.
         *
         * @param wait from 1 minute to {@link #MAX_INTERVAL}
         * @throws IllegalArgumentException if the wait is out of range
         */
        public Builder interval(Duration wait) {
            if (wait.compareTo(Peer.MIN_INTERVAL) < 0 || wait.compareTo(MAX_INTERVAL) > 0) {
                throw new IllegalArgumentException("interval must be from 1 minute to 7 days, not " + wait);
            }
            return interval(() -> wait);
        }

        /**
         * Sets where this wait is read from, so that it can change while the scheduler runs. Peers are rescheduled within half a
         * minute after a change.
         *
         * @param wait returns the wait, from 1 minute to {@link #MAX_INTERVAL}
         */
        public Builder interval(Supplier<Duration> wait) {
            this.interval = wait;
            return this;
        }

        /**
         * Limits the times at which scheduled runs start, for example to the night. A run that has started is not stopped when
         * such a time is over. {@link #runNow} is not limited. Default: any time.
         *
         * @param earliest returns the earliest time, from a given one on, at which a run may start; for a later given time, never
         *     an earlier one
         */
        public Builder startTimes(UnaryOperator<Instant> earliest) {
            this.startTimes = earliest;
            return this;
        }

        /**
         * Sets the wait after which the next scheduled run of a peer is a reconciliation. Default: {@link
         * #DEFAULT_RECONCILIATION_INTERVAL}.
         *
         * @throws IllegalArgumentException if the wait is not positive
         */
        public Builder reconciliationInterval(Duration wait) {
            this.reconciliationInterval = positive("reconciliationInterval", wait);
            return this;
        }

        /**
         * Sets how many peers this node syncs concurrently, on the schedule and by {@link #runNow} together. The schedule leaves
         * one of these runs to {@link #runNow}, unless the number is 1, and waits while callers use more. A run needs at most one
         * database connection at a time. Default: {@link #DEFAULT_CONCURRENT_RUNS}.
         *
         * @throws IllegalArgumentException if the number is below 1
         */
        public Builder concurrentRuns(int number) {
            this.concurrentRuns = positive("concurrentRuns", number);
            return this;
        }

        /**
         * Sets how often this node looks for due peers in the table. Default: {@link #DEFAULT_POLLING_INTERVAL}.
         *
         * @throws IllegalArgumentException if the interval is not positive
         */
        public Builder pollingInterval(Duration wait) {
            this.pollingInterval = positive("pollingInterval", wait);
            return this;
        }

        /**
         * Sets how often this node shows in the table that it is alive. All nodes need the same interval. Default: {@link
         * #DEFAULT_HEARTBEAT_INTERVAL}.
         *
         * @throws IllegalArgumentException if the interval is not positive
         */
        public Builder heartbeatInterval(Duration wait) {
            this.heartbeatInterval = positive("heartbeatInterval", wait);
            return this;
        }

        /**
         * Sets the table of the schedule. Default: {@link #DEFAULT_TABLE_NAME}.
         *
         * @param name the name, or schema and name, of letters, digits and underscores
         * @throws IllegalArgumentException if the name contains other characters
         */
        public Builder tableName(String name) {
            if (!name.matches("([A-Za-z_][A-Za-z0-9_]*\\.)?[A-Za-z_][A-Za-z0-9_]*")) {
                throw new IllegalArgumentException(
                        "tableName must consist of letters, digits and underscores, optionally after a schema, not '"
                                + name + "'");
            }
            this.tableName = name;
            return this;
        }

        /**
         * Sets a function that is applied to the work of each run of {@link #runNow}, on the calling thread. The result
         * runs on another thread. Use it to carry values over that are bound to the thread of the caller. Default: no
         * change.
         */
        public Builder carrier(UnaryOperator<Runnable> wrapper) {
            this.carrier = wrapper;
            return this;
        }

        /**
         * Divides all waits and intervals by a factor. Use it in tests only. Default: 1.
         *
         * @throws IllegalArgumentException if the factor is below 1
         */
        public Builder speedUp(int factor) {
            this.speedUp = positive("speedUp", factor);
            return this;
        }

        /** Sets the random numbers by which waits vary, from 0 to below 1. */
        Builder chance(DoubleSupplier numbers) {
            this.chance = numbers;
            return this;
        }

        /** Sets how the engine is built. */
        Builder engine(BiFunction<DataSource, List<Task<?>>, SchedulerBuilder> builder) {
            this.engine = builder;
            return this;
        }

        private static int positive(String name, int number) {
            if (number < 1) {
                throw new IllegalArgumentException(name + " must be at least 1, not " + number);
            }
            return number;
        }

        private static Duration positive(String name, Duration wait) {
            if (wait.isNegative() || wait.isZero()) {
                throw new IllegalArgumentException(name + " must be positive, not " + wait);
            }
            return wait;
        }

        /** Creates the scheduler, without I/O. It is not started yet. */
        public SyncScheduler build() {
            return new SyncScheduler(this);
        }
    }
}
