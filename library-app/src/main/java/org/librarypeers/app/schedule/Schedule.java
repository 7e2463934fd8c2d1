package org.librarypeers.app.schedule;

import com.github.kagkarlsson.scheduler.ScheduledExecutionsFilter;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceException;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
import org.librarypeers.sync.port.Storage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Syncs every queryable peer in its rhythm. Any number of nodes may do so on one database: each run is claimed by one of
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

    private static final TaskDescriptor<Standing> TASK = TaskDescriptor.of("sync_peer", Standing.class);
    private static final int PEERS_AT_ONCE = 2;
    private static final Duration LOOK = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofSeconds(10);

    /** A node whose runs give no sign of life for so many heartbeats is taken for dead: for two minutes. */
    private static final int HEARTBEATS_MISSED = 4;

    private static final Duration HEARTBEAT = Duration.ofSeconds(30);

    /** What a run that is stopped has to come to its end by itself, and again after it was interrupted. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Storage storage;
    private final DataSource connections;
    private final SyncService sync;
    private final Clock clock;
    private final Rhythm rhythm;
    private final BiFunction<DataSource, List<Task<?>>, SchedulerBuilder> engine;
    private @Nullable Scheduler scheduler;
    private @Nullable ScheduledExecutorService looks;

    /**
     * A schedule that has not started yet, made without I/O.
     *
     * @param storage holds the peers
     * @param connections to the database of that storage
     * @param sync syncs a peer
     * @param clock the time
     * @param every how long after a run that succeeded the next one is
     */
    public Schedule(Storage storage, DataSource connections, SyncService sync, Clock clock, Duration every) {
        this(storage, connections, sync, clock, Rhythm.every(every), SchedulerBuilder::new);
    }

    Schedule(
            Storage storage,
            DataSource connections,
            SyncService sync,
            Clock clock,
            Rhythm rhythm,
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
                        Standing.class,
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
    }

    /** Brings peers on the schedule and takes them off it. All nodes do that; each change is made once. */
    void look() {
        try {
            Map<PeerId, Peer> queryable = storage.peers().all().stream()
                    .filter(Peer::isQueryable)
                    .collect(Collectors.toMap(Peer::id, peer -> peer));
            Set<PeerId> scheduled = scheduled();
            queryable.keySet().stream().filter(id -> !scheduled.contains(id)).forEach(this::add);
            scheduled.stream().filter(id -> !queryable.containsKey(id)).forEach(this::remove);
        } catch (RuntimeException e) {
            // The next look may get through.
            LOG.warn("The schedule could not be brought up to date: {}", DueRuns.message(e));
        }
    }

    private Set<PeerId> scheduled() {
        Set<PeerId> peers = new TreeSet<>();
        scheduler()
                .fetchScheduledExecutionsForTask(
                        TASK.getTaskName(),
                        Standing.class,
                        ScheduledExecutionsFilter.all(),
                        row -> peers.add(peer(row.getTaskInstance().getId())));
        return peers;
    }

    private void add(PeerId peer) {
        Standing standing = storage.harvest().cursor(peer).isPresent() ? Standing.READ_BEFORE : Standing.NEW;
        scheduler()
                .scheduleIfNotExists(
                        TASK.instance(peer.toString()).data(standing).build(), rhythm.first(clock.instant()));
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
        DueRuns runs = new DueRuns(storage, sync, clock, rhythm);
        Task<Standing> task = Tasks.custom(TASK)
                .onDeadExecution((complete, operations) -> operations.reschedule(complete, clock.instant()))
                .onFailure((complete, operations) ->
                        operations.reschedule(complete, rhythm.afterFailure(clock.instant(), 1)))
                .execute(runs);
        JsonData json = new JsonData();
        return engine.apply(connections, List.of(task))
                .clock(clock::instant)
                .tableName("sync_schedule")
                .jdbcCustomization(json)
                .serializer(json)
                .schedulerName(new SchedulerName.Fixed(
                        ProcessHandle.current().pid() + "@" + new SchedulerName.Hostname().getName()))
                .threads(PEERS_AT_ONCE)
                .executorService(Executors.newFixedThreadPool(PEERS_AT_ONCE, threads("schedule")))
                // As many as there are threads, so that none waits here while another node has nothing to do.
                .pollUsingLockAndFetch(0.5, 1.0)
                .pollingInterval(rhythm.hurried(POLL))
                .heartbeatInterval(rhythm.hurried(HEARTBEAT))
                .missedHeartbeatsLimit(HEARTBEATS_MISSED)
                .shutdownMaxWait(GRACE)
                .build();
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
