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
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Syncs every queryable peer that is to be synced automatically in its rhythm. Any number of nodes may do so on one database: each run is claimed by one of
 * them through the table {@code sync_schedule}, and the run of a node that died is taken over. All state is in the database.
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

    /** A node whose runs give no sign of life for so many heartbeats is taken for dead: for two minutes. */
    private static final int HEARTBEATS_MISSED = 4;

    private static final Duration HEARTBEAT = Duration.ofSeconds(30);

    /** What a run that is stopped has to come to its end by itself, and again after it was interrupted. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** What it has then to note its end, if the database has to be started again for that. */
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

    /** The time at the last look. */
    private @Nullable Instant latest;

    private volatile long lookedAt;
    private @Nullable Overdue overdue;

    /**
     * A schedule that has not started yet, made without I/O.
     *
     * @param storage holds the peers
     * @param connections to the database of that storage
     * @param sync syncs a peer
     * @param clock the time
     * @param every how long after a run that succeeded the next one is
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
     * Begins to sync peers when they are due, until it is closed.
     *
     * @throws IllegalStateException if it was started before
     */
    public synchronized void start() {
        if (looks != null) {
            throw new IllegalStateException("the schedule was started before");
        }
        scheduler().start();
        lookedAt = System.nanoTime();
        looks = Executors.newSingleThreadScheduledExecutor(threads("schedule-look"));
        var unused =
                looks.scheduleWithFixedDelay(this::look, 0, rhythm.hurried(LOOK).toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * When each peer is synced next, as far as that is known: not of a peer that is being synced now, or is new, or is not
     * queryable. A time that is past means that nobody keeps the schedule, or that others are first.
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

    /** Whether this process keeps it; others may, too. */
    public synchronized boolean isKept() {
        return looks != null;
    }

    /** Takes no new runs, and has those in the middle stop soon; they go on from where they are, here or elsewhere. */
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

    /** A run that was interrupted still notes in the database how it ended, and when it goes on. */
    private static void awaitEnd(@Nullable ExecutorService runs) {
        try {
            if (runs != null && !runs.awaitTermination(END_WITHIN.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.warn("A scheduled sync did not end in time; the next one goes on from its last page");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Returns why nothing is synced although peers are due, in words for the log and for {@code /health}; empty if the schedule
     * works, or this process does not keep one.
     */
    public synchronized Optional<String> standstill() {
        if (looks == null) {
            return Optional.empty();
        }
        long now = System.nanoTime();
        if (now - lookedAt > rhythm.hurried(LOOKS_AT_LEAST_EVERY).toNanos()) {
            return Optional.of("the schedule stands still: it was last looked after "
                    + TimeUnit.NANOSECONDS.toSeconds(now - lookedAt) + " s ago; the log says why");
        }
        if (overdue != null
                && now - overdue.nanos() > rhythm.hurried(OVERDUE_FOR).toNanos()) {
            return Optional.of("the schedule stands still: a peer has been due since "
                    + overdue.since().truncatedTo(ChronoUnit.SECONDS) + ", and none is synced");
        }
        return Optional.empty();
    }

    /**
     * Brings peers on the schedule and takes them off it, and heals what a wrong clock did to it. All nodes do that; each change is
     * made once.
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
            // The next look may get through.
            LOG.warn("The schedule could not be brought up to date: {}", DueRuns.message(e));
        }
    }

    /** Returns whether that peer is to be on the schedule. */
    static boolean isWanted(Peer peer) {
        return peer.isQueryable() && peer.syncsAutomatically();
    }

    /** The engine waits by the clock: one that goes back by a year would have it wait for a year. */
    private synchronized void startAnewIfClockWentBack(Instant now) {
        Instant before = latest;
        latest = now;
        if (before != null && now.isBefore(before.minus(ScheduleState.CLOCKS_AGREE)) && looks != null && scheduler != null) {
            LOG.warn(
                    "The clock of this machine went back from {} to {}; the schedule starts anew",
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

    /** What was decided on while a clock was ahead would not be done until that date. */
    private void heal(ScheduledExecution<ScheduleState> row, Instant now) {
        ScheduleState standing = row.getData();
        if (!standing.isScheduledAhead(now) && !rhythm.isTooFar(row.getExecutionTime(), now)) {
            return;
        }
        try {
            scheduler().reschedule(row.getTaskInstance(), now, standing.scheduled(now));
            LOG.warn(
                    "Peer {} was due at {}, decided on while a clock was ahead; it is due now",
                    row.getTaskInstance().getId(),
                    shown(row.getExecutionTime()));
        } catch (TaskInstanceException e) {
            // Another node was quicker.
            LOG.debug("Peer {} is as it is", row.getTaskInstance().getId(), e);
        }
    }

    /** A run whose node died while its clock was ahead would give signs of life until that date. */
    private void healHeartbeats(Instant now) {
        String sql = "update sync_schedule set last_heartbeat = ? where picked and last_heartbeat > ?";
        try (Connection connection = connections.getConnection();
                PreparedStatement update = connection.prepareStatement(sql)) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setTimestamp(2, Timestamp.from(now.plus(ScheduleState.CLOCKS_AGREE)));
            int healed = update.executeUpdate();
            if (healed > 0) {
                LOG.warn("{} runs gave signs of life from the future; they count from now on", healed);
            }
        } catch (SQLException e) {
            throw new StorageException("the schedule cannot be read: " + e.getMessage(), e);
        }
    }

    /** Notes since when peers are due while none is synced anywhere; a peer that is synced may keep others waiting. */
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
        ScheduleState standing = storage.harvest().cursor(peer).isPresent() ? ScheduleState.READ_BEFORE : ScheduleState.NEW;
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
            // It is being synced just now, or another node was quicker.
            LOG.debug("Peer {} stays on the schedule for now", peer, e);
        }
    }

    private static PeerId peer(String instance) {
        return new PeerId(Long.parseLong(instance));
    }

    /** What does the work, made when it is first needed: most commands never do. */
    synchronized Scheduler scheduler() {
        if (scheduler == null) {
            scheduler = build();
        }
        return scheduler;
    }

    private Scheduler build() {
        DueRuns dueRuns = new DueRuns(storage, sync, clock, rhythm);
        ExecutorService threads = Executors.newFixedThreadPool(PEERS_AT_ONCE, threads("schedule"));
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
                // As many as there are threads, so that none waits here while another node has nothing to do.
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

    /** Platform threads: to interrupt a virtual one closes the database connection that it is reading from. */
    private static ThreadFactory threads(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
