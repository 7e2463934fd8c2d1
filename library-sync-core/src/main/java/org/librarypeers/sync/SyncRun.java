package org.librarypeers.sync;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.sync.peer.PeerClient;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.PeerSession;
import org.librarypeers.sync.peer.PeerThrottledException;
import org.librarypeers.sync.storage.LeaseLostException;
import org.librarypeers.sync.storage.PeerLease;
import org.librarypeers.sync.storage.RunBasis;
import org.librarypeers.sync.storage.StorageException;
import org.librarypeers.sync.storage.StorageUnavailableException;
import org.librarypeers.sync.storage.SyncStorage;

/**
 * One run of one peer, from the start to the final log entry. An instance is used once, by one thread. Without a lease,
 * the run is a preview, which reads and decides like a sync but saves nothing.
 */
final class SyncRun {

    /** The pause between two attempts to save the end of a run. */
    private static final Duration END_PAUSE = Duration.ofMillis(250);

    private final Peer peer;
    private final PeerClient client;
    private final SyncStorage storage;
    private final Clock clock;
    private final int endAttempts;
    private final SyncListener listener;
    private final boolean preview;
    private final HarvestState before;
    private final BatchApplier applier;
    private final RunState state;
    private final RunBasis basis;
    private final RunParts runParts;
    private final RunCancellation cancellation = new RunCancellation();
    private RunSteps steps;

    SyncRun(RunBasis basis, SyncScope scope, SyncParts parts, SyncListener listener, @Nullable PeerLease lease) {
        this.peer = basis.peer();
        this.client = parts.client();
        this.storage = parts.storage();
        this.clock = parts.clock();
        this.endAttempts = parts.settings().endAttempts();
        this.listener = listener;
        this.preview = lease == null;
        boolean comparesDigests = comparesDigests(basis, scope, client);
        // A reconciliation by digests reads the changes only, unless it turns out that the digests do not suffice.
        boolean readsChanges = comparesDigests && scope == SyncScope.EVERYTHING;
        this.basis = basis;
        this.before = before(readsChanges ? SyncScope.CHANGES : scope);
        Quarantine quarantine = new Quarantine(before.quarantined(), before.absent());
        this.applier = lease == null
                ? new RecordingBatchApplier(basis, storage, clock, quarantine)
                : new SavingBatchApplier(basis, lease, parts, quarantine);
        RunEstimate estimate = new RunEstimate();
        SyncLog log = SyncLog.start(SyncLogId.NONE, peer.id(), before.cursor(), clock.instant());
        this.state = new RunState(peer, log, estimate, listener);
        this.runParts = new RunParts(peer, parts, quarantine, applier, state, estimate, cancellation);
        this.steps = new RunSteps(runParts, before, comparesDigests);
    }

    private HarvestState before(SyncScope scope) {
        return HarvestState.of(basis, storage, scope, client.readsEveryDetail(), clock.instant());
    }

    /** Returns whether a run compares digests. An unfinished request to read every detail again takes precedence. */
    private static boolean comparesDigests(RunBasis basis, SyncScope scope, PeerClient client) {
        Cursor cursor = basis.cursor();
        return basis.rereadSince() == null
                && (scope == SyncScope.DIFFERENCES
                        || (scope == SyncScope.EVERYTHING
                                && cursor != null
                                && client.summarizes(basis.peer(), cursor)));
    }

    /** Returns the progress. Its log has no number before the start is saved. May be called from any thread. */
    SyncProgress progress() {
        return state.progress();
    }

    /** Returns the cancellation of this run. May be called from any thread. */
    RunCancellation cancellation() {
        return cancellation;
    }

    /** Returns whether this run is in the sync log. A preview never is. */
    boolean hasBegun() {
        return !state.progress().run().id().equals(SyncLogId.NONE);
    }

    /** Executes the run. The last event is sent before the run counts as ended. */
    SyncReport execute() {
        try {
            SyncReport report = read();
            listener.finished(report);
            return report;
        } finally {
            cancellation.ended();
        }
    }

    private SyncReport read() {
        try {
            state.begun(applier.begin(state.log(), before.cursor()));
            listener.started(state.log());
            if (before.rereadSince() != null) {
                applier.reread(before.rereadSince());
            }
            SyncLog end = ended();
            state.log(kept(log -> end, false));
        } catch (LeaseLostException e) {
            state.log(RunCancellation.undisturbed(() -> asLeft(e)));
        } catch (RuntimeException | Error e) {
            if (!endBecauseOf(e)) {
                listener.failed(state.log(), e);
                throw e;
            }
        }
        return state.report(preview);
    }

    /**
     * Saves the end of the run, with retries if the storage is unavailable. Otherwise the log would show the run as
     * still running.
     *
     * @param end returns the log at the end, from the log before it
     * @param isUncertain whether the last change of the log may have been saved although it failed
     * @return the log as saved
     */
    private SyncLog kept(UnaryOperator<SyncLog> end, boolean isUncertain) {
        return RunCancellation.undisturbed(() -> endPatiently(end, isUncertain));
    }

    private SyncLog endPatiently(UnaryOperator<SyncLog> end, boolean isUncertain) {
        boolean interrupted = false;
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    return end(end, isUncertain || attempt > 1);
                } catch (StorageUnavailableException e) {
                    if (attempt == endAttempts) {
                        throw e;
                    }
                    LockSupport.parkNanos(END_PAUSE.toNanos());
                    // The run is ending already; a further interrupt changes nothing.
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private SyncLog end(UnaryOperator<SyncLog> end, boolean isUncertain) {
        SyncLog last = isUncertain ? asSaved() : state.log();
        if (last.status() != SyncStatus.RUNNING) {
            return last;
        }
        return applier.end(end.apply(last), steps.shortfalls());
    }

    /**
     * Returns the log that the storage has. If the connection to the storage broke while a batch or the end was being
     * committed, only the storage knows whether that was saved. A batch that waits to be saved with the end is counted
     * here only.
     */
    private SyncLog asSaved() {
        SyncLog here = state.log();
        SyncLog saved = storage.syncLogs().find(here.id()).orElse(here);
        SyncLog last = saved.status() == SyncStatus.RUNNING ? applier.afterUncertainty(saved, here) : saved;
        return last.progressed(SyncTally.NONE, Math.max(saved.requests(), here.requests()));
    }

    private SyncLog ended() {
        try (PeerSession session = open()) {
            cancellation.use(session);
            if (!steps.readList(session)) {
                HarvestState whole = before(SyncScope.EVERYTHING);
                steps = new RunSteps(runParts, whole.without(runParts.reading().added()), false);
                steps.readList(session);
            }
            String remarks = steps.finish(session);
            return state.log().completed(steps.quarantined(), remarks, clock.instant());
        } catch (PeerThrottledException e) {
            Instant now = clock.instant();
            return state.log().throttled(e.until(), steps.explained(steps.throttled(e, now)), now);
        } catch (PeerException e) {
            return e.reason() == PeerTrouble.STOPPED
                    ? state.log().interrupted(steps.explained(cancellation.reason()), clock.instant())
                    : state.log().failed(e.reason(), steps.explained(String.valueOf(e.getMessage())), clock.instant());
        } finally {
            cancellation.use(null);
        }
    }

    private PeerSession open() {
        return before.readBefore() ? client.reopen(peer) : client.open(peer);
    }

    /** Returns the log as saved by the process that revoked the lease, or an interrupted log if it is not saved yet. */
    private SyncLog asLeft(LeaseLostException lost) {
        try {
            Optional<SyncLog> left = storage.syncLogs().find(state.log().id());
            if (left.isPresent() && left.get().status() != SyncStatus.RUNNING) {
                return left.get();
            }
        } catch (StorageException e) {
            lost.addSuppressed(e);
        }
        return state.log().interrupted(lost.getMessage(), clock.instant());
    }

    /**
     * Ends the run after a failure of this library. The log gets the reason if it can still be written. If the run was
     * cancelled, a storage failure is expected and not reported.
     *
     * @return whether the failure was expected; otherwise the caller must throw it
     */
    private boolean endBecauseOf(Throwable trouble) {
        boolean isExpected = trouble instanceof StorageException && cancellation.isRequested();
        Instant now = clock.instant();
        try {
            state.log(kept(
                    log -> isExpected
                            ? log.interrupted(cancellation.reason(), now)
                            : log.failed("this library failed: " + trouble.getMessage(), now),
                    trouble instanceof StorageUnavailableException));
            return isExpected;
        } catch (RuntimeException e) {
            if (e != trouble) {
                trouble.addSuppressed(e);
            }
            return false;
        }
    }
}
