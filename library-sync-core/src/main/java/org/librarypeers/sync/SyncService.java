package org.librarypeers.sync;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.peer.PeerCheck;
import org.librarypeers.sync.peer.PeerClient;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.storage.PeerLease;
import org.librarypeers.sync.storage.SyncStorage;
import org.librarypeers.sync.storage.StorageException;

/**
 * Pulls what a peer has approved and changed into this library. Safe for use by many threads; one peer is synced by one run
 * at a time, over all processes on one storage.
 *
 * <p>A run commits batch by batch, a page or a part of it: the resources of the batch, the tally in the log and, with the last of a
 * page, the cursor behind it, all or none. One that breaks off commits what was answered before, and the next goes on from there.
 */
public final class SyncService implements AutoCloseable {

    private static final Duration ENDS_WITHIN = Duration.ofSeconds(10);
    private static final String REMOVED = "the peer was removed";
    private static final String CLOSED = "its process was stopped; the next run goes on from there";

    private final PeerClient client;
    private final SyncStorage storage;
    private final Clock clock;

    /** Those of this process. */
    private final Set<SyncRun> runs = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    /** A service on these parts, all of which stay the caller's to close. */
    public SyncService(PeerClient client, SyncStorage storage, Clock clock) {
        this.client = client;
        this.storage = storage;
        this.clock = clock;
    }

    /** Syncs what changed at a peer; see {@link #sync(Peer, SyncScope, SyncListener)}. */
    public SyncReport sync(Peer peer, SyncListener listener) {
        return sync(peer, SyncScope.CHANGES, listener);
    }

    /**
     * Syncs a peer. That the peer cannot be read, or breaks off, is no exception: the report and the log say so.
     *
     * @param peer a queryable one; it is synced as it is stored at this moment
     * @throws IllegalArgumentException if the peer is not queryable, or was removed
     * @throws IllegalStateException if this service is closed
     * @throws PeerBusyException if another run is syncing it
     * @throws StorageException if this library's own storage fails; what was committed before stays
     */
    public SyncReport sync(Peer peer, SyncScope scope, SyncListener listener) {
        requireQueryable(peer);
        requireOpen();
        PeerLease lease = storage.harvest().claim(peer.id()).orElseThrow(() -> new PeerBusyException(peer));
        try (lease) {
            SyncRun run = new SyncRun(asItIsNow(peer), scope, client, storage, clock, listener, lease);
            lease.onLost(() -> run.stop().now("the peer was taken away"));
            return execute(run);
        }
    }

    /** Since the caller read it, it may have been changed or removed; from here on, that takes the lease away. */
    private Peer asItIsNow(Peer peer) {
        Peer now = storage.peers()
                .find(peer.id())
                .orElseThrow(() -> new IllegalArgumentException("peer " + peer + " cannot be synced: it was removed"));
        requireQueryable(now);
        return now;
    }

    private SyncReport execute(SyncRun run) {
        runs.add(run);
        try {
            if (closed) {
                run.stop().now(CLOSED);
            }
            return run.execute();
        } finally {
            runs.remove(run);
        }
    }

    /** Previews a sync of what changed at a peer; see {@link #preview(Peer, SyncScope, SyncListener)}. */
    public SyncReport preview(Peer peer, SyncListener listener) {
        return preview(peer, SyncScope.CHANGES, listener);
    }

    /**
     * Reads what a sync would read and decides what it would decide, and changes nothing.
     *
     * @param peer a queryable one
     * @throws IllegalArgumentException if the peer is not queryable
     * @throws IllegalStateException if this service is closed
     * @throws StorageException if this library's own storage fails
     */
    public SyncReport preview(Peer peer, SyncScope scope, SyncListener listener) {
        requireQueryable(peer);
        requireOpen();
        return execute(new SyncRun(peer, scope, client, storage, clock, listener, null));
    }

    /**
     * Finds out whether a peer can be read, and what it has; within 15 seconds.
     *
     * @param peer with user and key; active or not, and saved or not
     * @throws PeerException if it cannot be read; its reason says why
     * @throws IllegalArgumentException if user or key are missing
     */
    public PeerCheck check(Peer peer) {
        return client.check(peer);
    }

    /** How far the run of that peer is, if it is one of this process. */
    public Optional<SyncProgress> progress(PeerId peer) {
        return runsOf(peer).map(SyncRun::progress).findFirst();
    }

    private Stream<SyncRun> runsOf(PeerId peer) {
        return runs.stream()
                .filter(run -> !run.isPreview() && run.progress().peer().id().equals(peer));
    }

    /**
     * Cancels the run of a peer, whichever process it is in: it keeps nothing more, the log says who cancelled it, and the
     * next run may begin at once and goes on from the cursor. It stops asking the peer soon.
     *
     * @return whether there was a run, or one that had died and still said that it was running
     */
    public boolean cancel(PeerId peer, UserName by) {
        boolean cancelled = storage.inTransaction(() -> takeAway(peer, "cancelled by " + by));
        runsOf(peer).forEach(run -> run.stop().now("cancelled by " + by));
        return cancelled;
    }

    /**
     * Cancels that run, as {@link #cancel(PeerId, UserName)} does; another one of its peer goes on.
     *
     * @return whether it still was under way
     */
    public boolean cancel(SyncLogId run, UserName by) {
        PeerId peer = storage.syncLogs().find(run).map(SyncLog::peer).orElse(null);
        if (peer == null) {
            return false;
        }
        try {
            storage.inTransaction(() -> {
                storage.harvest().revoke(peer);
                // Asked once the lease is taken, since until then another run may begin.
                if (storage.syncLogs().running(peer).stream()
                        .noneMatch(log -> log.id().equals(run))) {
                    throw new OverException();
                }
                return takeAway(peer, "cancelled by " + by);
            });
        } catch (OverException e) {
            return false;
        }
        runsOf(peer)
                .filter(each -> each.progress().run().id().equals(run))
                .forEach(each -> each.stop().now("cancelled by " + by));
        return true;
    }

    /** By which a transaction is left, so that it does nothing. */
    private static final class OverException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** The lease first, as runs do: so neither waits for the other in a circle. */
    private boolean takeAway(PeerId peer, String why) {
        boolean held = storage.harvest().revoke(peer);
        List<SyncLog> running = storage.syncLogs().running(peer);
        running.forEach(run -> storage.syncLogs().save(run.interrupted(why, clock.instant())));
        return held || !running.isEmpty();
    }

    /**
     * Removes a peer. What it brought stays; where another peer has it too, that one becomes its source with its next run. A
     * run that is reading the peer can keep nothing more.
     *
     * @return whether there was such a peer
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
            runsOf(peer).forEach(run -> run.stop().now(REMOVED));
        }
        return removed;
    }

    /**
     * Has the runs of this process end where they are, as interrupted ones, and waits for that, but not for ever. From now on
     * none begins here.
     */
    @Override
    public void close() {
        closed = true;
        runs.forEach(run -> run.stop().now(CLOSED));
        try {
            for (SyncRun run : runs) {
                if (!run.stop().await(ENDS_WITHIN)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this library is being shut down; no sync begins any more");
        }
    }

    private static void requireQueryable(Peer peer) {
        peer.unqueryableReason().ifPresent(reason -> {
            throw new IllegalArgumentException("peer " + peer + " cannot be synced: " + reason);
        });
    }
}
