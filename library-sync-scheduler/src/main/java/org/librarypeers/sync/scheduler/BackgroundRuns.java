package org.librarypeers.sync.scheduler;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.sync.DaemonThreads;
import org.librarypeers.sync.PeerBusyException;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncProgress;
import org.librarypeers.sync.SyncScope;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.storage.SyncStorage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs that are started by a caller who does not wait for their end. */
final class BackgroundRuns {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundRuns.class);

    private static final int END_WITHIN_SECONDS = 10;

    private final SyncService sync;
    private final SyncStorage storage;
    private final RunSlots slots;
    private final UnaryOperator<Runnable> carrier;
    private final ExecutorService threads = Executors.newCachedThreadPool(DaemonThreads.named("background-run"));

    /**
     * Creates the runner.
     *
     * @param slots the limit of concurrent runs of this node
     * @param carrier applied to the work of a run, on the thread of the caller
     */
    BackgroundRuns(SyncService sync, SyncStorage storage, RunSlots slots, UnaryOperator<Runnable> carrier) {
        this.sync = sync;
        this.storage = storage;
        this.slots = slots;
        this.carrier = carrier;
    }

    /** Starts a run as {@link SyncScheduler#runNow} specifies. */
    RunStart start(Peer peer, SyncScope scope) {
        if (!slots.tryTake()) {
            return new RunStart.Full();
        }
        StartListener listener = new StartListener();
        try {
            threads.execute(carrier.apply(() -> run(peer, scope, listener)));
        } catch (RejectedExecutionException e) {
            slots.release();
            throw new IllegalStateException("the scheduler is closed; no new sync can be started", e);
        } catch (RuntimeException | Error e) {
            slots.release();
            throw e;
        }
        try {
            return listener.outcome.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private void run(Peer peer, SyncScope scope, StartListener listener) {
        try {
            sync.sync(peer, scope, listener);
            // If the run never started, its lease was revoked immediately: another run has the peer, or the peer must
            // not be synced.
            listener.outcome.complete(new RunStart.Busy());
        } catch (PeerBusyException e) {
            listener.outcome.complete(new RunStart.Busy());
        } catch (RuntimeException e) {
            if (!listener.outcome.completeExceptionally(e)) {
                LOG.warn("Sync of peer {} failed because of an error in this library: {}", peer, DueRuns.message(e));
            }
        } catch (Error e) {
            listener.outcome.completeExceptionally(e);
            throw e;
        } finally {
            slots.release();
        }
    }

    /** A listener that completes a future when the run has started. The sync service tracks the progress. */
    private static final class StartListener implements SyncListener {
        final CompletableFuture<RunStart> outcome = new CompletableFuture<>();

        @Override
        public void started(SyncLog run) {
            outcome.complete(new RunStart.Started(run));
        }
    }

    /** Returns the progress as {@link SyncScheduler#progress} specifies. */
    Optional<RunProgress> progress(PeerId peer) {
        Optional<SyncProgress> live = sync.progress(peer);
        if (live.isPresent()) {
            return live.map(progress -> new RunProgress(progress.run(), progress));
        }
        List<SyncLog> last = storage.syncLogs().running(peer);
        return (last.isEmpty() ? storage.syncLogs().recent(peer, 1) : last)
                .stream().findFirst().map(run -> new RunProgress(run, null));
    }

    /** Interrupts the runs. Their sync logs end as interrupted. No run starts afterwards. */
    void interrupt() {
        threads.shutdownNow();
    }

    /** Waits up to 10 seconds for the interrupted runs to end. */
    void awaitEnd() {
        try {
            if (!threads.awaitTermination(END_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("A sync did not stop in time; the next one continues after its last saved page");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
