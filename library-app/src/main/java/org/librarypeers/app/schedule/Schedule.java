package org.librarypeers.app.schedule;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.ScheduledExecutionsFilter;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceException;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Count;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.sync.DaemonThreads;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schedule that syncs queryable peers at regular intervals, unless they are excluded from automatic syncs. Any number of
 * nodes may use one database: each run is claimed by one of them through the table {@code sync_schedule}, and another node
 * takes over the run of a node that died. All state is in the database.
 *
 * <pre>
 *  peers ── look, twice a minute ──► sync_schedule ── due ──► DueRuns ──► SyncService
 *                                          ▲                     │
 *                                          └── when next ────────┘
 * </pre>
 */
public final class Schedule implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);

    private static final TaskDescriptor<ScheduleState> TASK = TaskDescriptor.of("sync_peer", ScheduleState.class);
    private static final int PEERS_AT_ONCE = 2;
    private static final Duration LOOK = Duration.ofSeconds(30);
    private static final Duration LOOKS_AT_LEAST_EVERY = Duration.ofMinutes(3);
    private static final Duration OVERDUE_FOR = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofSeconds(10);

    /** The number of missed heartbeats after which the run of a node is considered dead. They take two minutes. */
    private static final int HEARTBEATS_MISSED = 4;

    private static final Duration HEARTBEAT = Duration.ofSeconds(30);

    /** The time that a stopped run has to end before it is interrupted, and again after that. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** The time that an interrupted run has to save how it ended, in case the database must be restarted for that. */
    private static final Duration END_WITHIN = Duration.ofSeconds(10);

    private final LibraryStorage storage;
    private final DataSource connections;
    private final SyncService sync;
    private final Clock clock;
    private final SyncTimetable rhythm;
    private final BiFunction<DataSource, List<Task<?>>, SchedulerBuilder> engine;
    private @Nullable Scheduler scheduler;
    private @Nullable ScheduledExecutorService looks;
    private @Nullable ExecutorService runs;

    /** The time of the last look, according to the clock. */
    private @Nullable Instant latest;

    private volatile long lookedAt;
    private @Nullable Overdue overdue;

    /**
     * Creates a schedule that is not started yet, without I/O.
     *
     * @param storage the storage with the peers
     * @param connections the connections to the database of this storage
     * @param sync the service that syncs a peer
     * @param clock the clock
     * @param every the interval between a successful run and the next run
     */
    public Schedule(LibraryStorage storage, DataSource connections, SyncService sync, Clock clock, Duration every) {
        this(storage, connections, sync, clock, SyncTimetable.every(every), SchedulerBuilder::new);
    }

    Schedule(
            LibraryStorage storage,
            DataSource connections,
            SyncService sync,
            Clock clock,
            SyncTimetable rhythm,
            BiFunction<DataSource, List<Task<?>>, SchedulerBuilder> engine) {
        this.storage = storage;
        this.connections = connections;
        this.sync = sync;
        this.clock = clock;
        this.rhythm = rhythm;
        this.engine = engine;
    }

    /**
     * Starts to sync peers when they are due, until this schedule is closed.
     *
     * @throws IllegalStateException if it is already started
     */
    public synchronized void start() {
        if (looks != null) {
            throw new IllegalStateException("the schedule has already been started");
        }
        scheduler().start();
        lookedAt = System.nanoTime();
        looks = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("schedule-look"));
        var unused =
                looks.scheduleWithFixedDelay(this::look, 0, rhythm.hurried(LOOK).toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Returns the time of the next sync of each peer, ordered by peer id. Leaves out peers that are being synced, are
     * new, or are not queryable. A time in the past means that no process runs the schedule, or that other peers are
     * first.
     */
    public Map<PeerId, Instant> next() {
        Map<PeerId, Instant> times = new TreeMap<>();
        scheduler()
                .fetchScheduledExecutionsForTask(
                        TASK.getTaskName(),
                        ScheduleState.class,
                        row -> times.put(peer(row.getTaskInstance().getId()), row.getExecutionTime()));
        return times;
    }

    /** Returns whether this process runs the schedule. Other processes may run it too. */
    public synchronized boolean isKept() {
        return looks != null;
    }

    /** Starts no new runs, and stops the current ones soon. Stopped runs continue later, here or on another node. */
    @Override
    public synchronized void close() {
        if (looks == null || scheduler == null) {
            return;
        }
        looks.shutdown();
        looks = null;
        scheduler.stop();
        scheduler = null;
        awaitEnd(runs);
    }

    /** Waits for the end of interrupted runs. They still save how they ended, and when they continue. */
    private static void awaitEnd(@Nullable ExecutorService runs) {
        try {
            if (runs != null && !runs.awaitTermination(END_WITHIN.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.warn("A scheduled sync did not stop in time; the next one continues after its last saved page");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Returns why no peer is synced although peers are due, as text for the log and for {@code /health}. Returns an
     * empty {@code Optional} if the schedule works, or if this process does not run it.
     */
    public synchronized Optional<String> standstill() {
        if (looks == null) {
            return Optional.empty();
        }
        long now = System.nanoTime();
        if (now - lookedAt > rhythm.hurried(LOOKS_AT_LEAST_EVERY).toNanos()) {
            return Optional.of("the schedule is stalled: it was last checked "
                    + TimeUnit.NANOSECONDS.toSeconds(now - lookedAt) + " s ago; see the log for the reason");
        }
        if (overdue != null
                && now - overdue.nanos() > rhythm.hurried(OVERDUE_FOR).toNanos()) {
            return Optional.of("the schedule is stalled: a peer has been due since "
                    + overdue.since().truncatedTo(ChronoUnit.SECONDS) + ", but no peer is being synced");
        }
        return Optional.empty();
    }

    /**
     * Adds peers to the schedule, removes others, and repairs the effects of a wrong clock. All nodes do this; each
     * change is made once.
     */
    void look() {
        try {
            Instant now = clock.instant();
            startAnewIfClockWentBack(now);
            Set<PeerId> wanted = storage.peers().all().stream()
                    .filter(Schedule::isWanted)
                    .map(Peer::id)
                    .collect(Collectors.toSet());
            List<ScheduledExecution<ScheduleState>> rows = rows();
            rows.stream().filter(row -> !row.isPicked()).forEach(row -> heal(row, now));
            healHeartbeats(now);
            note(rows, now);
            Set<PeerId> scheduled = rows.stream().map(Schedule::peer).collect(Collectors.toCollection(TreeSet::new));
            wanted.stream().filter(id -> !scheduled.contains(id)).forEach(this::add);
            scheduled.stream().filter(id -> !wanted.contains(id)).forEach(this::remove);
            lookedAt = System.nanoTime();
        } catch (RuntimeException e) {
            // The next look may succeed.
            LOG.warn("The schedule could not be updated: {}", DueRuns.message(e));
        }
    }

    /** Returns whether a peer belongs on the schedule. */
    static boolean isWanted(Peer peer) {
        return peer.isQueryable() && peer.syncsAutomatically();
    }

    /**
     * Restarts the engine if the clock went back. The engine waits by the clock: if that goes back by a year, it would
     * wait for a year.
     */
    private synchronized void startAnewIfClockWentBack(Instant now) {
        Instant before = latest;
        latest = now;
        if (before != null
                && now.isBefore(before.minus(ScheduleState.CLOCKS_AGREE))
                && looks != null
                && scheduler != null) {
            LOG.warn(
                    "The clock of this machine went back from {} to {}; restarting the schedule",
                    shown(before),
                    shown(now));
            scheduler.stop();
            scheduler = null;
            scheduler().start();
        }
    }

    private List<ScheduledExecution<ScheduleState>> rows() {
        List<ScheduledExecution<ScheduleState>> rows = new ArrayList<>();
        scheduler()
                .fetchScheduledExecutionsForTask(
                        TASK.getTaskName(), ScheduleState.class, ScheduledExecutionsFilter.all(), rows::add);
        return rows;
    }

    /** Reschedules a run that was scheduled while a clock was ahead. It would otherwise wait until that date. */
    private void heal(ScheduledExecution<ScheduleState> row, Instant now) {
        ScheduleState standing = row.getData();
        if (!standing.isScheduledAhead(now) && !rhythm.isTooFar(row.getExecutionTime(), now)) {
            return;
        }
        try {
            scheduler().reschedule(row.getTaskInstance(), now, standing.scheduled(now));
            LOG.warn(
                    "Peer {} was scheduled for {} while a clock was ahead; it is due now",
                    row.getTaskInstance().getId(),
                    shown(row.getExecutionTime()));
        } catch (TaskInstanceException e) {
            // Another node was quicker.
            LOG.debug(
                    "Peer {} was rescheduled by another node",
                    row.getTaskInstance().getId(),
                    e);
        }
    }

    /**
     * Resets heartbeats from the future. A run whose node died while its clock was ahead would otherwise seem alive
     * until that date.
     */
    private void healHeartbeats(Instant now) {
        String sql = "update sync_schedule set last_heartbeat = ? where picked and last_heartbeat > ?";
        try (Connection connection = connections.getConnection();
                PreparedStatement update = connection.prepareStatement(sql)) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setTimestamp(2, Timestamp.from(now.plus(ScheduleState.CLOCKS_AGREE)));
            int healed = update.executeUpdate();
            if (healed > 0) {
                LOG.warn("Reset {} from the future to the present time", Count.of(healed, "heartbeat"));
            }
        } catch (SQLException e) {
            throw new StorageException("the schedule cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Records since when peers have been due while no node syncs any. A peer that is being synced may keep others
     * waiting.
     */
    private synchronized void note(List<ScheduledExecution<ScheduleState>> rows, Instant now) {
        Instant due = rows.stream()
                .map(ScheduledExecution::getExecutionTime)
                .min(Comparator.naturalOrder())
                .orElse(now);
        boolean none = rows.stream().noneMatch(ScheduledExecution::isPicked);
        boolean late = none && due.isBefore(now.minus(rhythm.hurried(OVERDUE_FOR)));
        overdue = !late ? null : overdue != null ? overdue : new Overdue(due, System.nanoTime());
    }

    private record Overdue(Instant since, long nanos) {}

    private static Instant shown(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    private static PeerId peer(ScheduledExecution<ScheduleState> row) {
        return peer(row.getTaskInstance().getId());
    }

    private void add(PeerId peer) {
        ScheduleState standing =
                storage.harvest().cursor(peer).isPresent() ? ScheduleState.READ_BEFORE : ScheduleState.NEW;
        scheduler()
                .scheduleIfNotExists(
                        TASK.instance(peer.toString())
                                .data(standing.scheduled(clock.instant()))
                                .build(),
                        rhythm.first(clock.instant()));
    }

    private void remove(PeerId peer) {
        try {
            scheduler().cancel(TASK.instanceId(peer.toString()));
        } catch (TaskInstanceException e) {
            // The peer is being synced, or another node was quicker.
            LOG.debug("Peer {} stays on the schedule for now", peer, e);
        }
    }

    private static PeerId peer(String instance) {
        return new PeerId(Long.parseLong(instance));
    }

    /** Returns the engine. It is created on first use, because most commands never need it. */
    synchronized Scheduler scheduler() {
        if (scheduler == null) {
            scheduler = build();
        }
        return scheduler;
    }

    private Scheduler build() {
        DueRuns dueRuns = new DueRuns(storage, sync, clock, rhythm);
        ExecutorService threads = Executors.newFixedThreadPool(PEERS_AT_ONCE, DaemonThreads.named("schedule"));
        runs = threads;
        Task<ScheduleState> task = Tasks.custom(TASK)
                .onDeadExecution((complete, operations) ->
                        operations.reschedule(complete, clock.instant(), decidedNow(complete)))
                .onFailure((complete, operations) ->
                        operations.reschedule(complete, rhythm.afterFailure(clock.instant(), 1), decidedNow(complete)))
                .execute(dueRuns);
        JsonData json = new JsonData();
        return engine.apply(connections, List.of(task))
                .clock(clock::instant)
                .tableName("sync_schedule")
                .jdbcCustomization(json)
                .serializer(json)
                .schedulerName(new SchedulerName.Fixed(
                        ProcessHandle.current().pid() + "@" + new SchedulerName.Hostname().getName()))
                .threads(PEERS_AT_ONCE)
                .executorService(threads)
                // Only as many runs as there are threads, so that none waits here while another node is idle.
                .pollUsingLockAndFetch(0.5, 1.0)
                .pollingInterval(rhythm.hurried(POLL))
                .heartbeatInterval(rhythm.hurried(HEARTBEAT))
                .missedHeartbeatsLimit(HEARTBEATS_MISSED)
                .shutdownMaxWait(GRACE)
                .build();
    }

    private ScheduleState decidedNow(ExecutionComplete complete) {
        return ((ScheduleState) complete.getExecution().taskInstance.getData()).scheduled(clock.instant());
    }
}
