package org.librarypeers.sync.scheduler;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.sync.PeerBusyException;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncProgress;
import org.librarypeers.sync.SyncScope;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.storage.SyncStorage;
import org.librarypeers.sync.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A service that syncs peers in the background. It also reports the progress of runs of other processes. */
public final class BackgroundRuns implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundRuns.class);

    /**
     * The maximum number of concurrent runs. More would only share the same network connection and the few database
     * connections.
     */
    private static final int AT_ONCE = 4;

    private static final int END_WITHIN_SECONDS = 10;

    private final SyncService sync;
    private final SyncStorage storage;
    private final Semaphore room = new Semaphore(AT_ONCE);

    /**
     * Platform threads, because there are few of them, and because interrupting a virtual thread would close the
     * database connection that it is reading from.
     */
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "background-run");
        thread.setDaemon(true);
        return thread;
    });

    /** The result of starting a run. */
    public sealed interface Start {

        /** A run that has started and is in the sync log. */
        record Begun(SyncLog run) implements Start {}

        /** A refusal because another run holds the peer; {@link BackgroundRuns#progress} reports that run. */
        record Busy() implements Start {}

        /** A refusal because this process already has the maximum number of runs. */
        record Full() implements Start {}
    }

    /**
     * Creates background runs of a sync service.
     *
     * @param sync the service, which the caller closes
     * @param storage the storage that the service uses, which the caller closes
     */
    public BackgroundRuns(SyncService sync, SyncStorage storage) {
        this.sync = sync;
        this.storage = storage;
    }

    /**
     * Starts a sync of a peer. Returns as soon as its sync log is saved, or when the start is refused.
     *
     * @param peer a queryable peer
     * @throws IllegalArgumentException if the peer is not queryable
     * @throws IllegalStateException if the library is being closed
     * @throws StorageException if this library's own storage fails
     */
    public Start start(Peer peer, SyncScope scope) {
        if (!room.tryAcquire()) {
            return new Start.Full();
        }
        Beginning beginning = new Beginning();
        try {
            threads.execute(() -> run(peer, scope, beginning));
        } catch (RejectedExecutionException e) {
            room.release();
            throw new IllegalStateException("this library is shutting down; no new sync can be started", e);
        }
        try {
            return beginning.outcome.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private void run(Peer peer, SyncScope scope, Beginning beginning) {
        try {
            sync.sync(peer, scope, beginning);
            // If the run never started, its lease was revoked immediately: another run has the peer, or the peer must
            // not be synced.
            beginning.outcome.complete(new Start.Busy());
        } catch (PeerBusyException e) {
            beginning.outcome.complete(new Start.Busy());
        } catch (RuntimeException e) {
            if (!beginning.outcome.completeExceptionally(e)) {
                LOG.warn("Sync of peer {} failed because of an error in this library: {}", peer, DueRuns.message(e));
            }
        } catch (Error e) {
            beginning.outcome.completeExceptionally(e);
            throw e;
        } finally {
            room.release();
        }
    }

    /** A listener that completes a future when the run has started. The sync service tracks the progress. */
    private static final class Beginning implements SyncListener {
        final CompletableFuture<Start> outcome = new CompletableFuture<>();

        @Override
        public void started(SyncLog run) {
            outcome.complete(new Start.Begun(run));
        }

        @Override
        public void progressed(SyncProgress progress) {
            // Nothing to do.
        }
    }

    /**
     * Returns the progress of the current run of a peer, or of its last run if none is in progress. Returns an empty
     * {@code Optional} if the peer was never synced.
     */
    public Optional<RunProgress> progress(PeerId peer) {
        Optional<SyncProgress> live = sync.progress(peer);
        if (live.isPresent()) {
            return live.map(progress -> new RunProgress(progress.run(), progress));
        }
        List<SyncLog> last = storage.syncLogs().running(peer);
        return (last.isEmpty() ? storage.syncLogs().recent(peer, 1) : last)
                .stream().findFirst().map(run -> new RunProgress(run, null));
    }

    /** Waits up to 10 seconds for the runs to end. Close the sync service first; that cancels the runs. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(END_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("A sync did not stop in time; the next one continues after its last saved page");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
