package org.librarypeers.examples.embedding;

import java.util.Optional;
import java.util.UUID;
import org.librarypeers.domain.PeerId;
import org.librarypeers.sync.storage.PeerLease;
import org.librarypeers.sync.storage.StorageException;

/** A lease that is a row in the database. It ends with the process, because a new process begins without leases. */
record SqliteLease(Database database, PeerId peer, UUID owner) implements PeerLease {

    /** Claims a peer. Empty if another run has the lease. */
    static Optional<PeerLease> claim(Database database, PeerId peer) {
        UUID owner = UUID.randomUUID();
        return database.update("insert or ignore into lease values (?, ?)", peer, owner) == 1
                ? Optional.of(new SqliteLease(database, peer, owner))
                : Optional.empty();
    }

    @Override
    public void onLost(Runnable callback) {
        // Never called: the next commit of the run detects that the lease was lost.
    }

    @Override
    public void close() {
        try {
            database.update("delete from lease where peer = ? and owner = ?", peer, owner);
        } catch (StorageException e) {
            // The database was closed, which ended the lease.
        }
    }
}
