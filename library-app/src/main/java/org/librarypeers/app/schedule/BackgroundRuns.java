package org.librarypeers.app.schedule;

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
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Syncs peers while whoever asked for it goes on, and tells how each peer's run gets on, whoever runs it. */
public final class BackgroundRuns implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundRuns.class);

    /** More would only share the same line and the same few database connections. */
    private static final int AT_ONCE = 4;

    private static final int END_WITHIN_SECONDS = 10;

    private final SyncService sync;
    private final LibraryStorage storage;
    private final Semaphore room = new Semaphore(AT_ONCE);

    /** Platform threads: there are few, and a database connection may be read from without regard to who interrupts. */
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "background-run");
        thread.setDaemon(true);
        return thread;
    });

    /** What became of the wish to sync a peer. */
    public sealed interface Start {

        /** It is under way and in the log. */
        record Begun(SyncLog run) implements Start {}

        /** Another run has the peer: {@link #progress} shows it. */
        record Busy() implements Start {}

        /** As many are under way here as may be; one of them is to end first. */
        record Full() implements Start {}
    }

    /** Runs of that service, on the storage that it works on; both stay the caller's to close. */
    public BackgroundRuns(SyncService sync, LibraryStorage storage) {
        this.sync = sync;
        this.storage = storage;
    }

    /**
     * Begins to sync a peer, and returns as soon as the run is in the log.
     *
     * @param peer a queryable one
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
            throw new IllegalStateException("this library is being shut down; no sync begins any more", e);
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
            // If it never began, the peer was taken away at once, by somebody who has it now or wants no run.
            beginning.outcome.complete(new Start.Busy());
        } catch (PeerBusyException e) {
            beginning.outcome.complete(new Start.Busy());
        } catch (RuntimeException e) {
            if (!beginning.outcome.completeExceptionally(e)) {
                LOG.warn("Sync of peer {} ended: this library failed, {}", peer, DueRuns.message(e));
            }
        } catch (Error e) {
            beginning.outcome.completeExceptionally(e);
            throw e;
        } finally {
            room.release();
        }
    }

    /** Hears that a run is in the log. How far it is, the service remembers. */
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

    /** How the last run of a peer stands, the one under way if there is one; nothing if there was none yet. */
    public Optional<RunProgress> progress(PeerId peer) {
        Optional<SyncProgress> live = sync.progress(peer);
        if (live.isPresent()) {
            return live.map(progress -> new RunProgress(progress.run(), progress));
        }
        List<SyncLog> last = storage.syncLogs().running(peer);
        return (last.isEmpty() ? storage.syncLogs().recent(peer, 1) : last)
                .stream().findFirst().map(run -> new RunProgress(run, null));
    }

    /** Waits for the runs to end, which the service, closed before, has told them to; but not for ever. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(END_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("A sync did not end in time; the next one goes on from its last page");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
