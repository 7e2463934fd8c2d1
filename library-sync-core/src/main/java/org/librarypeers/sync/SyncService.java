package org.librarypeers.sync;

import java.time.Clock;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.sync.port.PeerClient;
import org.librarypeers.sync.port.PeerLease;
import org.librarypeers.sync.port.Storage;
import org.librarypeers.sync.port.StorageException;

/**
 * Pulls what a peer has approved and changed into this library. Safe for use by many threads; one peer is synced by one run
 * at a time, over all processes on one storage.
 *
 * <p>A run commits page by page: the resources of a page, the cursor behind it and the tally in the log, all or none. One that
 * breaks off leaves what it committed, and the next goes on from there.
 */
public final class SyncService {

    private final PeerClient client;
    private final Storage storage;
    private final Clock clock;

    /** A service on these parts, all of which stay the caller's to close. */
    public SyncService(PeerClient client, Storage storage, Clock clock) {
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
     * @param peer a queryable one
     * @throws IllegalArgumentException if the peer is not queryable
     * @throws PeerBusyException if another run is syncing it
     * @throws StorageException if this library's own storage fails; what was committed before stays
     */
    public SyncReport sync(Peer peer, SyncScope scope, SyncListener listener) {
        requireQueryable(peer);
        PeerLease lease = storage.harvest().claim(peer.id()).orElseThrow(() -> new PeerBusyException(peer));
        try (lease) {
            return new SyncRun(peer, scope, client, storage, clock, listener, lease).execute();
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
     * @throws StorageException if this library's own storage fails
     */
    public SyncReport preview(Peer peer, SyncScope scope, SyncListener listener) {
        requireQueryable(peer);
        return new SyncRun(peer, scope, client, storage, clock, listener, null).execute();
    }

    /**
     * Removes a peer. What it brought stays; where another peer has it too, that one becomes its source with its next run. A
     * run that is reading the peer can keep nothing more.
     *
     * @return whether there was such a peer
     */
    public boolean remove(PeerId peer) {
        return storage.inTransaction(() -> {
            if (storage.peers().find(peer).isEmpty()) {
                return false;
            }
            for (SyncLog run : storage.syncLogs().running(peer)) {
                storage.syncLogs().save(run.interrupted("the peer was removed", clock.instant()));
            }
            storage.peers().remove(peer);
            return true;
        });
    }

    private static void requireQueryable(Peer peer) {
        peer.unqueryableReason().ifPresent(reason -> {
            throw new IllegalArgumentException("peer " + peer + " cannot be synced: " + reason);
        });
    }
}
