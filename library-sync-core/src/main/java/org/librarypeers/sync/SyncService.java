package org.librarypeers.sync;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.peer.PeerCheck;
import org.librarypeers.sync.peer.PeerClient;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.storage.PeerLease;
import org.librarypeers.sync.storage.RunBasis;
import org.librarypeers.sync.storage.StorageException;
import org.librarypeers.sync.storage.SyncStorage;

/**
 * A service that pulls resources from peers into this library. Thread-safe. Each peer is synced by at most one run at a
 * time, across all processes that share the storage.
 *
 * <p>A run commits in batches of a page or a part of a page. Each transaction saves the resources of the batch and the
 * tally in the log; the last batch of a page also saves the cursor. A run that fails commits what the peer answered
 * before the failure. The next run continues from there.
 */
public final class SyncService implements AutoCloseable {

    private static final String REMOVED = "the peer was removed";
    private static final String CLOSED = "its process was stopped; the next run continues from there";

    private final SyncParts parts;
    private final PeerClient client;
    private final SyncStorage storage;
    private final Clock clock;
    private final SyncListener listener;

    /** The runs of this process. */
    private final Set<SyncRun> runs = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    private SyncService(SyncParts parts) {
        this.parts = parts;
        this.client = parts.client();
        this.storage = parts.storage();
        this.clock = parts.clock();
        this.listener = parts.listener();
    }

    /** Returns a builder of a service. A storage and a client are required. */
    public static Builder builder() {
        return new Builder();
    }

    /** Syncs the changes of a peer. See {@link #sync(Peer, SyncScope, SyncListener)}. */
    public SyncReport sync(Peer peer) {
        return sync(peer, SyncScope.CHANGES, SyncListener.NONE);
    }

    /** Syncs the changes of a peer. See {@link #sync(Peer, SyncScope, SyncListener)}. */
    public SyncReport sync(Peer peer, SyncListener listener) {
        return sync(peer, SyncScope.CHANGES, listener);
    }

    /**
     * Syncs a peer, on the calling thread. A peer that cannot be read does not cause an exception; the report and the
     * log contain the reason.
     *
     * @param peer a queryable peer; the run uses its currently stored state
     * @param scope what to read
     * @param listener receives the events of this run, after the listener of the service
     * @throws IllegalArgumentException if the peer is not queryable or was removed
     * @throws IllegalStateException if this service is closed
     * @throws PeerBusyException if another run is syncing the peer
     * @throws StorageException if the storage fails; earlier batches remain saved
     */
    public SyncReport sync(Peer peer, SyncScope scope, SyncListener listener) {
        requireQueryable(peer);
        requireOpen();
        PeerLease lease = storage.harvest().claim(peer.id()).orElseThrow(() -> new PeerBusyException(peer));
        try (lease) {
            // Reads the peer again, because it may have been changed or removed. From here on, removing it revokes the
            // lease.
            RunBasis basis = storage.runs()
                    .basis(peer.id())
                    .orElseThrow(
                            () -> new IllegalArgumentException("peer " + peer + " cannot be synced: it was removed"));
            requireQueryable(basis.peer());
            return sync(basis, scope, listener, lease);
        }
    }

    /**
     * Syncs a peer, on the calling thread, if it still meets a condition. Unlike {@link #sync(Peer, SyncScope, SyncListener)},
     * it needs no peer that was read before, which saves a query per run.
     *
     * @param peer the id of the peer
     * @param condition decides on the stored state of the peer whether to sync it; called while the run holds the lease
     * @param scope what to read
     * @param listener receives the events of this run, after the listener of the service
     * @return the report; empty if there is no such peer, if it is not queryable, or if it does not meet the condition
     * @throws IllegalStateException if this service is closed
     * @throws PeerBusyException if another run is syncing the peer
     * @throws StorageException if the storage fails; earlier batches remain saved
     */
    public Optional<SyncReport> syncIf(PeerId peer, Predicate<Peer> condition, SyncScope scope, SyncListener listener) {
        requireOpen();
        PeerLease lease = storage.harvest().claim(peer).orElseThrow(() -> new PeerBusyException(peer));
        try (lease) {
            return storage.runs()
                    .basis(peer)
                    .filter(basis -> basis.peer().isQueryable() && condition.test(basis.peer()))
                    .map(basis -> sync(basis, scope, listener, lease));
        }
    }

    private SyncReport sync(RunBasis basis, SyncScope scope, SyncListener ofRun, PeerLease lease) {
        SyncRun run = new SyncRun(basis, scope, parts, guarded(ofRun), lease);
        lease.onLost(() -> run.cancellation().cancel("it lost its lease on the peer"));
        return execute(run);
    }

    private SyncReport execute(SyncRun run) {
        runs.add(run);
        try {
            if (closed) {
                run.cancellation().cancel(CLOSED);
            }
            return run.execute();
        } finally {
            runs.remove(run);
        }
    }

    private SyncListener guarded(SyncListener ofRun) {
        return new GuardedListener(List.of(listener, ofRun));
    }

    /** Previews a sync of the changes of a peer. See {@link #preview(Peer, SyncScope, SyncListener)}. */
    public SyncReport preview(Peer peer) {
        return preview(peer, SyncScope.CHANGES, SyncListener.NONE);
    }

    /** Previews a sync of the changes of a peer. See {@link #preview(Peer, SyncScope, SyncListener)}. */
    public SyncReport preview(Peer peer, SyncListener listener) {
        return preview(peer, SyncScope.CHANGES, listener);
    }

    /**
     * Reads and decides like a sync, but changes nothing.
     *
     * @param peer a queryable peer
     * @param scope what to read
     * @param listener receives the events of this run, after the listener of the service
     * @throws IllegalArgumentException if the peer is not queryable
     * @throws IllegalStateException if this service is closed
     * @throws StorageException if the storage fails
     */
    public SyncReport preview(Peer peer, SyncScope scope, SyncListener listener) {
        requireQueryable(peer);
        requireOpen();
        // The peer itself need not be saved, and may differ from the saved one.
        RunBasis basis =
                storage.runs().basis(peer.id()).map(saved -> saved.with(peer)).orElseGet(() -> RunBasis.unread(peer));
        return execute(new SyncRun(basis, scope, parts, guarded(listener), null));
    }

    /**
     * Checks whether a peer can be read, and what it offers. Takes at most 15 seconds.
     *
     * @param peer a peer with API user and API key; it may be inactive or unsaved
     * @throws PeerException if the peer cannot be read; it contains the reason
     * @throws IllegalArgumentException if API user or API key is missing
     */
    public PeerCheck check(Peer peer) {
        return client.check(peer);
    }

    /**
     * Compares what a peer serves with what was last read from it, by a few requests for digests. Changes nothing, and does not need
     * the lease, so a run at the same time may show as differences. {@link SyncScope#DIFFERENCES} receives what differs.
     *
     * @param peer a queryable peer
     * @return the result; empty if the peer does not answer such requests, as existing sites
     * @throws PeerException if the peer cannot be read, or if its answers make no sense
     * @throws IllegalArgumentException if the peer is not queryable
     * @throws StorageException if the storage fails
     */
    public Optional<Comparison> compare(Peer peer) {
        requireQueryable(peer);
        requireOpen();
        return new PeerComparison(peer, parts).result();
    }

    /**
     * Returns the scope of a reconciliation that a person requests: {@link SyncScope#EVERYTHING} if the peer probably answers digests,
     * otherwise {@link SyncScope#EVERY_DETAIL}, because existing sites change resources without a new date.
     */
    public SyncScope reconciliation(Peer peer) {
        return storage.harvest()
                        .cursor(peer.id())
                        .filter(cursor -> client.summarizes(peer, cursor))
                        .isPresent()
                ? SyncScope.EVERYTHING
                : SyncScope.EVERY_DETAIL;
    }

    /** Returns the progress of the run of a peer. Empty if this process has no such run. */
    public Optional<SyncProgress> progress(PeerId peer) {
        return runsOf(peer).map(SyncRun::progress).findFirst();
    }

    private Stream<SyncRun> runsOf(PeerId peer) {
        return runs.stream()
                .filter(run -> run.hasBegun() && run.progress().peer().id().equals(peer));
    }

    /**
     * Cancels the run of a peer, in any process. The run saves nothing more, and its log names the user. The next run
     * may start immediately and continues from the cursor. Requests to the peer stop soon afterwards.
     *
     * @return whether a run was cancelled, which may be a dead run that was still logged as running
     */
    public boolean cancel(PeerId peer, UserName by) {
        boolean cancelled = storage.inTransaction(() -> takeAway(peer, "cancelled by " + by));
        runsOf(peer).forEach(run -> run.cancellation().cancel("cancelled by " + by));
        return cancelled;
    }

    /** Cancels one run. See {@link #cancel(SyncLogId, UserName, Runnable)}. */
    public boolean cancel(SyncLogId run, UserName by) {
        return cancel(run, by, () -> {});
    }

    /**
     * Cancels one run as {@link #cancel(PeerId, UserName)} does. Another run of the same peer is not affected.
     *
     * @param alongside work that is called in the transaction of the cancellation, before the commit, if the run is still
     *     in progress. What it saves in the same storage is committed together with the cancellation, or not at all. An
     *     exception rolls back the transaction and is passed on; the run continues then
     * @return whether the run was still in progress
     */
    public boolean cancel(SyncLogId run, UserName by, Runnable alongside) {
        PeerId peer = storage.syncLogs().find(run).map(SyncLog::peer).orElse(null);
        if (peer == null) {
            return false;
        }
        boolean cancelled = storage.inTransaction(() -> {
            // Without the lock, the run could end and another run of the peer could start after the check.
            storage.harvest().lock(peer);
            if (storage.syncLogs().running(peer).stream()
                    .noneMatch(log -> log.id().equals(run))) {
                return false;
            }
            takeAway(peer, "cancelled by " + by);
            alongside.run();
            return true;
        });
        if (cancelled) {
            runsOf(peer)
                    .filter(each -> each.progress().run().id().equals(run))
                    .forEach(each -> each.cancellation().cancel("cancelled by " + by));
        }
        return cancelled;
    }

    /** Revokes the lease and ends the log. Locks the lease first, as runs do, to avoid deadlocks. */
    private boolean takeAway(PeerId peer, String why) {
        boolean held = storage.harvest().revoke(peer);
        List<SyncLog> running = storage.syncLogs().running(peer);
        running.forEach(run -> parts.saveEnd(run.interrupted(why, clock.instant())));
        return held || !running.isEmpty();
    }

    /**
     * Removes a peer. Its resources stay. If another peer offers the same resource, that peer becomes the source in its
     * next run. A run of the removed peer saves nothing more.
     *
     * @return whether the peer existed
     */
    public boolean remove(PeerId peer) {
        boolean removed = storage.inTransaction(() -> {
            if (storage.peers().find(peer).isEmpty()) {
                return false;
            }
            takeAway(peer, REMOVED);
            storage.peers().remove(peer);
            storage.syncLogs().forgetOutcomes(peer, 0);
            return true;
        });
        if (removed) {
            runsOf(peer).forEach(run -> run.cancellation().cancel(REMOVED));
        }
        return removed;
    }

    /**
     * Cancels the runs of this process and waits for them to end, at most for {@link SyncSettings#shutdownWait}. No sync
     * can start afterwards. The client and the storage stay open.
     */
    @Override
    public void close() {
        closed = true;
        runs.forEach(run -> run.cancellation().cancel(CLOSED));
        CompletableFuture<?>[] ends =
                runs.stream().map(run -> run.cancellation().end()).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(parts.settings().shutdownWait().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // A run that waits for its storage or its listener is left to end by itself.
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this library is shutting down; no new sync can start");
        }
    }

    private static void requireQueryable(Peer peer) {
        peer.unqueryableReason().ifPresent(reason -> {
            throw new IllegalArgumentException("peer " + peer + " cannot be synced: " + reason);
        });
    }

    /** A builder of a {@link SyncService}. Not thread-safe. Building does no I/O. */
    public static final class Builder {

        private @Nullable SyncStorage storage;
        private @Nullable PeerClient client;
        private Clock clock = Clock.systemUTC();
        private SyncListener listener = SyncListener.NONE;
        private SyncSettings settings = SyncSettings.DEFAULTS;

        private Builder() {}

        /** Sets the storage. Required. The service does not close it. */
        public Builder storage(SyncStorage used) {
            storage = used;
            return this;
        }

        /** Sets the client that reads peers. Required. The service does not close it. */
        public Builder client(PeerClient used) {
            client = used;
            return this;
        }

        /** Sets the clock. The default is the system clock. */
        public Builder clock(Clock used) {
            clock = used;
            return this;
        }

        /** Sets a listener that receives the events of all runs of this service. The default does nothing. */
        public Builder listener(SyncListener used) {
            listener = used;
            return this;
        }

        /** Sets the limits. The default is {@link SyncSettings#DEFAULTS}. */
        public Builder settings(SyncSettings used) {
            settings = used;
            return this;
        }

        /**
         * Returns a service with these parts.
         *
         * @throws IllegalStateException if the storage or the client is missing
         */
        public SyncService build() {
            return new SyncService(
                    new SyncParts(required("client", client), required("storage", storage), clock, settings, listener));
        }

        private static <T> T required(String part, @Nullable T value) {
            if (value == null) {
                throw new IllegalStateException("the sync service has no " + part + "; set it with " + part + "(...)");
            }
            return value;
        }
    }
}
