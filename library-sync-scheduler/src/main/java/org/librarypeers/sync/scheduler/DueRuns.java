package org.librarypeers.sync.scheduler;

import com.github.kagkarlsson.scheduler.SchedulerState;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.shaded.jdbc.SQLRuntimeException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.sync.PeerBusyException;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncReport;
import org.librarypeers.sync.SyncScope;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.storage.StorageException;
import org.librarypeers.sync.storage.StorageUnavailableException;
import org.librarypeers.sync.storage.SyncStorage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A handler that syncs a due peer and decides when it is due again. */
final class DueRuns implements ExecutionHandler<ScheduleState> {

    private static final Logger LOG = LoggerFactory.getLogger(DueRuns.class);

    /** The number of attempts to save when a peer is due. Each may wait ten seconds for a connection. */
    private static final int SAVE_ATTEMPTS = 60;

    private static final Duration SAVE_PAUSE = Duration.ofMillis(500);

    private final SyncStorage storage;
    private final SyncService sync;
    private final Clock clock;
    private final SyncTimetable timetable;
    private final RunSlots slots;

    DueRuns(SyncStorage storage, SyncService sync, Clock clock, SyncTimetable timetable, RunSlots slots) {
        this.storage = storage;
        this.sync = sync;
        this.clock = clock;
        this.timetable = timetable;
        this.slots = slots;
    }

    private record Next(Instant at, ScheduleState state) {

        /** Returns the time in whole seconds, for logs. */
        Instant shown() {
            return at.truncatedTo(ChronoUnit.SECONDS);
        }
    }

    @Override
    public CompletionHandler<ScheduleState> execute(TaskInstance<ScheduleState> instance, ExecutionContext context) {
        PeerId id = new PeerId(Long.parseLong(instance.getId()));
        ScheduleState before = instance.getData().due();
        SchedulerState state = context.getSchedulerState();
        try {
            if (isPostponed(id) || !slots.take()) {
                return goingOn(later(before), state);
            }
            try {
                // The wait for the slot may have taken until the end of the permitted time.
                return isPostponed(id)
                        ? goingOn(later(before), state)
                        : run(id, before, state)
                                .map(next -> goingOn(next, state))
                                .orElseGet(CompletionHandler.OnCompleteRemove::new);
            } finally {
                slots.release();
            }
        } catch (InterruptedException e) {
            LOG.debug("Scheduled sync of peer [{}] was stopped before its start", id, e);
            Thread.currentThread().interrupt();
            return goingOn(later(before), state);
        } finally {
            if (state.isShuttingDown()) {
                // The interrupt has stopped the run. It is cleared, because saving the time of the next run may have to
                // wait for a connection.
                Thread.interrupted();
            }
        }
    }

    /** Returns whether no run may start now. */
    private boolean isPostponed(PeerId id) {
        Instant now = clock.instant();
        Instant permitted = timetable.permitted(now);
        if (permitted.isAfter(now)) {
            LOG.info("Scheduled sync of peer [{}] postponed: it may start from {}", id, permitted);
            return true;
        }
        return false;
    }

    /** Returns the same run a moment later, at a permitted time. Another node may do it then. */
    private Next later(ScheduleState before) {
        return new Next(timetable.afterStop(clock.instant()), before);
    }

    private CompletionHandler<ScheduleState> goingOn(Next next, SchedulerState state) {
        return (complete, operations) -> saved(
                state,
                () -> operations.reschedule(complete, next.at(), next.state().scheduled(clock.instant())));
    }

    /**
     * Saves when a peer is due, with retries while the database cannot be reached. Otherwise the run would count as running
     * until its heartbeats are missed. An attempt after one that was saved unnoticed changes nothing.
     */
    private static void saved(SchedulerState state, Runnable save) {
        for (int attempt = 1; ; attempt++) {
            try {
                save.run();
                return;
            } catch (SQLRuntimeException e) {
                if (attempt == SAVE_ATTEMPTS || state.isShuttingDown()) {
                    throw e;
                }
                LOG.debug("The time of the next sync could not be saved yet", e);
                LockSupport.parkNanos(SAVE_PAUSE.toNanos());
            }
        }
    }

    /**
     * Runs one sync. A failure of the peer or of this library is logged, and does not affect other peers.
     *
     * @return the next run; empty if the peer no longer belongs on the schedule
     */
    private Optional<Next> run(PeerId peer, ScheduleState before, SchedulerState state) {
        SyncScope scope = before.scope(timetable, clock.instant());
        LOG.debug(
                "Scheduled sync of peer [{}] started: {}",
                peer,
                scope == SyncScope.EVERYTHING ? "reconciliation" : "changes only");
        try {
            return sync.syncIf(peer, ScheduleUpkeep::isWanted, scope, SyncListener.NONE)
                    .map(report -> next(report, scope, before, state));
        } catch (PeerBusyException e) {
            Next next = new Next(timetable.afterBusy(clock.instant()), before);
            LOG.info(
                    "Scheduled sync of peer {} postponed: another run is syncing it; next run at {}",
                    shown(peer),
                    next.shown());
            return Optional.of(next);
        } catch (RuntimeException e) {
            Next next = afterFailure(e, before);
            LOG.warn(
                    "Scheduled sync of peer {} failed because of an error in this library: {}; next run at {}",
                    shown(peer),
                    message(e),
                    next.at());
            LOG.debug("Stack trace of the failed scheduled sync of peer [{}]", peer, e);
            return Optional.of(next);
        }
    }

    /** Returns the peer with its name, if that can be read. */
    private String shown(PeerId peer) {
        try {
            return storage.peers()
                    .findIncludingRemoved(peer)
                    .map(Peer::toString)
                    .orElse("[" + peer + "]");
        } catch (StorageException e) {
            LOG.debug("The name of peer [{}] cannot be read", peer, e);
            return "[" + peer + "]";
        }
    }

    private Next next(SyncReport report, SyncScope scope, ScheduleState before, SchedulerState state) {
        SyncLog log = report.log();
        Duration interval = timetable.interval(report.peer());
        Next next =
                state.isShuttingDown() ? stopped(log, scope, before, interval) : after(log, scope, before, interval);
        LOG.debug(
                "Scheduled sync of peer {} ended: {}, {}{}; next run at {}",
                report.peer(),
                log.status().word(),
                log.tally().words(),
                log.message() == null ? "" : " (" + log.message() + ")",
                next.shown());
        return next;
    }

    private Next after(SyncLog log, SyncScope scope, ScheduleState before, Duration interval) {
        Instant now = clock.instant();
        return switch (log.status()) {
            case SUCCEEDED ->
                new Next(
                        timetable.afterSuccess(now, interval),
                        before.succeeded(scope, log.started()).waiting(interval));
            case THROTTLED ->
                new Next(timetable.afterThrottle(now, Objects.requireNonNullElse(log.until(), now)), before.answered());
            case INTERRUPTED ->
                isLast(log)
                        ? new Next(timetable.afterSuccess(now, interval), before.waiting(interval))
                        : new Next(timetable.afterBusy(now), before);
            case FAILED, RUNNING -> failed(before, interval);
        };
    }

    /**
     * Returns whether an interrupted run is the last one of its peer. If it is, no other run took over the peer, and
     * the peer must not be synced now.
     */
    private boolean isLast(SyncLog interrupted) {
        return storage.syncLogs().recent(interrupted.peer(), 1).equals(List.of(interrupted));
    }

    private Next stopped(SyncLog log, SyncScope scope, ScheduleState before, Duration interval) {
        return switch (log.status()) {
            case SUCCEEDED, THROTTLED -> after(log, scope, before, interval);
            // The run was stopped, which says nothing about the peer.
            case FAILED, INTERRUPTED, RUNNING -> new Next(timetable.afterStop(clock.instant()), before);
        };
    }

    /** Returns the next run after a failure of this library. An outage of its storage says nothing about the peer. */
    private Next afterFailure(RuntimeException failure, ScheduleState before) {
        return failure instanceof StorageUnavailableException
                ? new Next(timetable.afterOutage(clock.instant()), before)
                : failed(before);
    }

    private Next failed(ScheduleState before) {
        ScheduleState state = before.failed();
        return new Next(timetable.afterFailure(clock.instant(), state.failures()), state);
    }

    private Next failed(ScheduleState before, Duration interval) {
        ScheduleState state = before.failed();
        return new Next(timetable.afterFailure(clock.instant(), state.failures(), interval), state);
    }

    /** Returns a description of the failure on one line. */
    static String message(RuntimeException failure) {
        String message = String.valueOf(failure.getMessage()).replaceAll("\\s*\\R\\s*", " ");
        return failure instanceof StorageException
                ? message
                : failure.getClass().getSimpleName() + ": " + message;
    }
}
