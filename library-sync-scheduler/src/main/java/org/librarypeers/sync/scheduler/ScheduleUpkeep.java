package org.librarypeers.sync.scheduler;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Count;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.sync.storage.SyncStorage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job that keeps the schedule up to date. It adds peers, removes others, repairs the effects of a wrong clock, and
 * notices when no peer is synced. All nodes run it, and each change is made once.
 */
final class ScheduleUpkeep {

    /** The time between two runs of the upkeep. */
    static final Duration INTERVAL = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(ScheduleUpkeep.class);
    private static final Duration STALLED_AFTER = Duration.ofMinutes(3);
    private static final Duration OVERDUE_FOR = Duration.ofMinutes(2);

    private final SyncStorage storage;
    private final ScheduleTable table;
    private final Clock clock;
    private final SyncTimetable timetable;

    /** The time of the last upkeep, according to the clock. */
    private @Nullable Instant latest;

    private volatile long doneAt;
    private @Nullable Overdue overdue;

    ScheduleUpkeep(SyncStorage storage, ScheduleTable table, Clock clock, SyncTimetable timetable) {
        this.storage = storage;
        this.table = table;
        this.clock = clock;
        this.timetable = timetable;
    }

    /** Starts to measure the time until the next upkeep. */
    void start() {
        doneAt = System.nanoTime();
    }

    /** Brings the schedule up to date. A failure is logged. */
    void run() {
        try {
            Instant now = clock.instant();
            restartIfClockWentBack(now);
            Map<PeerId, Peer> wanted = storage.peers().all().stream()
                    .filter(ScheduleUpkeep::isWanted)
                    .collect(Collectors.toMap(Peer::id, Function.identity()));
            List<ScheduledExecution<ScheduleState>> rows = table.rows();
            rows.stream().filter(row -> !row.isPicked()).forEach(row -> {
                if (!repair(row, now)) {
                    followInterval(row, wanted.get(ScheduleTable.peer(row)), now);
                }
            });
            repairHeartbeats(now);
            noteOverdue(rows, now);
            Set<PeerId> scheduled =
                    rows.stream().map(ScheduleTable::peer).collect(Collectors.toCollection(TreeSet::new));
            wanted.keySet().stream().filter(id -> !scheduled.contains(id)).forEach(this::add);
            scheduled.stream().filter(id -> !wanted.containsKey(id)).forEach(table::remove);
            doneAt = System.nanoTime();
        } catch (RuntimeException e) {
            // The next upkeep may succeed.
            LOG.warn("The schedule could not be updated: {}", DueRuns.message(e));
        }
    }

    /** Returns whether a peer belongs on the schedule. */
    static boolean isWanted(Peer peer) {
        return peer.takesRequests() && peer.syncsAutomatically();
    }

    private void add(PeerId peer) {
        ScheduleState state =
                storage.harvest().cursor(peer).isPresent() ? ScheduleState.READ_BEFORE : ScheduleState.NEW;
        table.add(peer, state.scheduled(clock.instant()), timetable.first(clock.instant()));
    }

    /**
     * Restarts the engine if the clock went back. The engine waits by the clock: if that goes back by a year, it would
     * wait for a year.
     */
    private void restartIfClockWentBack(Instant now) {
        Instant before = latest;
        latest = now;
        if (before != null && now.isBefore(before.minus(ScheduleState.CLOCKS_AGREE))) {
            LOG.warn(
                    "The clock of this machine went back from {} to {}; restarting the schedule",
                    shown(before),
                    shown(now));
            table.restart();
        }
    }

    /**
     * Reschedules a run that was scheduled while a clock was ahead. It would otherwise wait until that date. Returns
     * whether the run was rescheduled.
     */
    private boolean repair(ScheduledExecution<ScheduleState> row, Instant now) {
        ScheduleState state = row.getData();
        boolean ahead = state.isScheduledAhead(now) || timetable.isTooFar(row.getExecutionTime(), now);
        if (ahead && table.reschedule(row, now, state.scheduled(now))) {
            LOG.warn(
                    "Peer {} was scheduled for {} while a clock was ahead; it is due now",
                    ScheduleTable.peer(row),
                    shown(row.getExecutionTime()));
        }
        return ahead;
    }

    /** Reschedules a run whose time was determined by an interval that has changed since. The wait is counted from its start. */
    private void followInterval(ScheduledExecution<ScheduleState> row, @Nullable Peer peer, Instant now) {
        ScheduleState state = row.getData();
        Instant since = state.scheduled();
        Duration interval = peer == null ? null : timetable.interval(peer);
        if (interval == null || since == null || !state.isOutdated(interval)) {
            return;
        }
        Instant due = timetable.afterSuccess(since, interval);
        if (table.reschedule(row, due.isBefore(now) ? timetable.permitted(now) : due, state.waiting(interval))) {
            LOG.debug("Peer {} was rescheduled, because its interval has changed", peer);
        }
    }

    /**
     * Resets heartbeats from the future. A run whose node died while its clock was ahead would otherwise seem alive
     * until that date.
     */
    private void repairHeartbeats(Instant now) {
        int reset = table.resetHeartbeats(now, now.plus(ScheduleState.CLOCKS_AGREE));
        if (reset > 0) {
            LOG.warn("Reset {} from the future to the present time", Count.of(reset, "heartbeat"));
        }
    }

    /**
     * Records since when peers have been due while no node syncs any. A peer that is being synced may keep others
     * waiting.
     */
    private synchronized void noteOverdue(List<ScheduledExecution<ScheduleState>> rows, Instant now) {
        Instant due = rows.stream()
                .map(ScheduledExecution::getExecutionTime)
                .min(Comparator.naturalOrder())
                .orElse(now);
        boolean none = rows.stream().noneMatch(ScheduledExecution::isPicked);
        boolean late = none && due.isBefore(now.minus(timetable.hurried(OVERDUE_FOR)));
        overdue = !late ? null : overdue != null ? overdue : new Overdue(due, System.nanoTime());
    }

    private record Overdue(Instant since, long nanos) {}

    /** Returns why no peer is synced although peers are due. Empty if the schedule works. */
    synchronized Optional<String> standstill() {
        long now = System.nanoTime();
        if (now - doneAt > timetable.hurried(STALLED_AFTER).toNanos()) {
            return Optional.of("the schedule is stalled: it was last checked "
                    + TimeUnit.NANOSECONDS.toSeconds(now - doneAt) + " s ago; see the log for the reason");
        }
        if (overdue != null
                && now - overdue.nanos() > timetable.hurried(OVERDUE_FOR).toNanos()) {
            return Optional.of("the schedule is stalled: a peer has been due since " + shown(overdue.since())
                    + ", but no peer is being synced");
        }
        return Optional.empty();
    }

    private static Instant shown(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
