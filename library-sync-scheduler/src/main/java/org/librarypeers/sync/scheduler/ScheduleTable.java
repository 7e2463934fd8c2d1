package org.librarypeers.sync.scheduler;

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
import com.github.kagkarlsson.shaded.jdbc.SQLRuntimeException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.PeerId;
import org.librarypeers.sync.DaemonThreads;
import org.librarypeers.sync.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table with one row for each scheduled peer, and the engine of db-scheduler that runs the rows that are due.
 * Database failures are thrown as {@link StorageException}.
 */
final class ScheduleTable {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduleTable.class);

    private static final TaskDescriptor<ScheduleState> TASK = TaskDescriptor.of("sync_peer", ScheduleState.class);

    /** The columns of db-scheduler. With one row for each peer, the primary key is the only index that is needed. */
    private static final String DEFINITION = """
            create table if not exists %s (
                task_name text not null,
                task_instance text not null,
                task_data jsonb not null,
                execution_time timestamptz not null,
                picked boolean not null,
                picked_by text,
                last_success timestamptz,
                last_failure timestamptz,
                consecutive_failures integer,
                last_heartbeat timestamptz,
                version bigint not null,
                primary key (task_name, task_instance)
            )""";

    /** The number of missed heartbeats after which the run of a node is considered dead. */
    private static final int HEARTBEATS_MISSED = 4;

    /** The time that a stopped run has to end before it is interrupted. An interrupted run has the same time again. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** The time that an interrupted run has to save how it ended, in case the database must be restarted for that. */
    private static final Duration END_WITHIN = Duration.ofSeconds(10);

    private final DataSource connections;
    private final String name;
    private final Clock clock;
    private final SyncTimetable timetable;
    private final DueRuns dueRuns;
    private final RunSlots slots;
    private final Duration pollingInterval;
    private final Duration heartbeatInterval;
    private final BiFunction<DataSource, List<Task<?>>, SchedulerBuilder> builder;
    private boolean running;
    private @Nullable Scheduler engine;
    private @Nullable ExecutorService runs;

    ScheduleTable(SyncScheduler.Builder settings, SyncTimetable timetable, RunSlots slots) {
        this.connections = settings.dataSource;
        this.name = settings.tableName;
        this.clock = settings.clock;
        this.timetable = timetable;
        this.dueRuns = new DueRuns(settings.storage, settings.sync, settings.clock, timetable, slots);
        this.slots = slots;
        this.pollingInterval = timetable.hurried(settings.pollingInterval);
        this.heartbeatInterval = timetable.hurried(settings.heartbeatInterval);
        this.builder = settings.engine;
    }

    void createIfMissing() {
        update(DEFINITION.formatted(name), statement -> {});
    }

    /** Starts to run rows that are due. */
    synchronized void start() {
        running = true;
        engine().start();
    }

    /** Restarts the engine if it is running. */
    synchronized void restart() {
        if (running && engine != null) {
            engine.stop();
            engine = null;
            start();
        }
    }

    /** Stops the runs, and waits for the end of interrupted ones. They still save how they ended, and when they continue. */
    synchronized void stop() {
        if (!running || engine == null || runs == null) {
            return;
        }
        running = false;
        engine.stop();
        engine = null;
        runs.shutdown();
        try {
            if (!runs.awaitTermination(END_WITHIN.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.warn("A scheduled sync did not stop in time; the next one continues after its last saved page");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when each peer is due. Leaves out peers that are being synced. */
    Map<PeerId, Instant> next() {
        Map<PeerId, Instant> times = new TreeMap<>();
        rows(ScheduledExecutionsFilter.all().withPicked(false))
                .forEach(row -> times.put(peer(row), row.getExecutionTime()));
        return times;
    }

    /** Returns the row of a peer. */
    Optional<PeerSchedule> find(PeerId peer) {
        return translated(() -> engine().getScheduledExecution(TASK.instanceId(peer.toString())))
                .map(row -> ((ScheduleState) row.getData()).shown(row.getExecutionTime(), row.isPicked()));
    }

    /** Returns the rows of all peers, including those that are being synced. */
    List<ScheduledExecution<ScheduleState>> rows() {
        return rows(ScheduledExecutionsFilter.all());
    }

    private List<ScheduledExecution<ScheduleState>> rows(ScheduledExecutionsFilter filter) {
        return translated(
                () -> engine().getScheduledExecutionsForTask(TASK.getTaskName(), ScheduleState.class, filter));
    }

    static PeerId peer(ScheduledExecution<?> row) {
        return new PeerId(Long.parseLong(row.getTaskInstance().getId()));
    }

    /** Adds a peer. Does nothing if it has a row. */
    void add(PeerId peer, ScheduleState state, Instant at) {
        translated(() -> engine().scheduleIfNotExists(
                        TASK.instance(peer.toString()).data(state).build(), at));
    }

    /** Removes a peer, unless it is being synced. */
    void remove(PeerId peer) {
        try {
            translated(() -> {
                engine().cancel(TASK.instanceId(peer.toString()));
                return peer;
            });
        } catch (TaskInstanceException e) {
            // The peer is being synced, or another node was quicker.
            LOG.debug("Peer {} stays on the schedule for now", peer, e);
        }
    }

    /**
     * Changes when a peer is due.
     *
     * @return false if another node was quicker
     */
    boolean reschedule(ScheduledExecution<ScheduleState> row, Instant at, ScheduleState state) {
        try {
            return translated(() -> engine().reschedule(row.getTaskInstance(), at, state));
        } catch (TaskInstanceException e) {
            LOG.debug("Peer {} was rescheduled by another node", peer(row), e);
            return false;
        }
    }

    /**
     * Sets heartbeats that are later than the limit to the present time.
     *
     * @return the number of heartbeats that were reset
     */
    int resetHeartbeats(Instant now, Instant limit) {
        return update("update " + name + " set last_heartbeat = ? where picked and last_heartbeat > ?", statement -> {
            statement.setTimestamp(1, Timestamp.from(now));
            statement.setTimestamp(2, Timestamp.from(limit));
        });
    }

    private interface Parameters {
        void set(PreparedStatement statement) throws SQLException;
    }

    private int update(String sql, Parameters parameters) {
        try (Connection connection = connections.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            parameters.set(statement);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private static <T> T translated(Supplier<T> work) {
        try {
            return work.get();
        } catch (SQLRuntimeException e) {
            throw failure(e);
        }
    }

    private static StorageException failure(Exception cause) {
        return new StorageException("the schedule cannot be read or written: " + cause.getMessage(), cause);
    }

    /** Returns the engine. It is created on first use, because most commands never need it. */
    synchronized Scheduler engine() {
        if (engine == null) {
            engine = build();
        }
        return engine;
    }

    private Scheduler build() {
        int threads = slots.scheduled();
        ExecutorService pool = Executors.newFixedThreadPool(threads, DaemonThreads.named("schedule"));
        runs = pool;
        Task<ScheduleState> task = Tasks.custom(TASK)
                .onDeadExecution((complete, operations) ->
                        operations.reschedule(complete, clock.instant(), decidedNow(complete)))
                .onFailure((complete, operations) -> operations.reschedule(
                        complete, timetable.afterFailure(clock.instant(), 1), decidedNow(complete)))
                .execute(dueRuns);
        JsonData json = new JsonData();
        return builder.apply(connections, List.of(task))
                .clock(clock::instant)
                .tableName(name)
                .jdbcCustomization(json)
                .serializer(json)
                .schedulerName(new SchedulerName.Fixed(
                        ProcessHandle.current().pid() + "@" + new SchedulerName.Hostname().getName()))
                .threads(threads)
                .executorService(pool)
                // Only as many runs as there are threads, so that none waits here while another node is idle.
                .pollUsingLockAndFetch(0.5, 1.0)
                .pollingInterval(pollingInterval)
                .heartbeatInterval(heartbeatInterval)
                .missedHeartbeatsLimit(HEARTBEATS_MISSED)
                .shutdownMaxWait(GRACE)
                .build();
    }

    private ScheduleState decidedNow(ExecutionComplete complete) {
        return ((ScheduleState) complete.getExecution().taskInstance.getData()).scheduled(clock.instant());
    }
}
