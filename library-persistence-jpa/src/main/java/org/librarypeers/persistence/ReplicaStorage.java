package org.librarypeers.persistence;

import java.time.Duration;
import org.librarypeers.sync.library.Freshness;
import org.librarypeers.sync.library.ReadAccess;

/** The repositories for reads on a replica. They cache only state that was read from the replica. */
final class ReplicaStorage implements AutoCloseable {

    private final Database database;
    private final Transactions primary;
    private final Replica replica;
    private final Secrets secrets;
    private final EntryRows entries = new EntryRows();
    private final Bookmarks bookmarks = new Bookmarks();

    ReplicaStorage(Database database, Transactions primary, Replica replica, Secrets secrets) {
        this.database = database;
        this.primary = primary;
        this.replica = replica;
        this.secrets = secrets;
    }

    ReadAccess reading(Freshness freshness) {
        Reads reads = new ReplicaReads(database, primary, replica, freshness);
        return new ReadAccess(
                new JdbcCatalogue(reads, entries, bookmarks),
                new JpaTags(reads),
                new JpaPeers(reads, secrets),
                new JpaResources(reads),
                new JdbcPictures(reads));
    }

    ReplicaState state() {
        return replica.state();
    }

    ReplicaState examine(Duration limit) {
        return replica.examine(limit);
    }

    @Override
    public void close() {
        replica.close();
    }
}
