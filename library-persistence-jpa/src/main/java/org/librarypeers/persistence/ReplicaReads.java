package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.library.Freshness;
import org.librarypeers.sync.storage.StorageException;

/**
 * The reads of one request on a replica. If the replica cannot answer a read as fresh as required, the primary answers
 * it and all later ones, so that no read is older than an earlier one. Not thread-safe.
 */
final class ReplicaReads implements Reads {

    private final Replica replica;
    private final Transactions primary;
    private final Transactions secondary;
    private final Freshness freshness;
    private @Nullable ServerState required;
    private boolean left;

    ReplicaReads(Database database, Transactions primary, Replica replica, Freshness freshness) {
        this.replica = replica;
        this.primary = primary;
        this.secondary = new Transactions(database, this::connect, replica::renewConnections);
        this.freshness = freshness;
    }

    private Connection connect() throws SQLException {
        boolean current = freshness == Freshness.CURRENT;
        if (required == null) {
            // Known only after the request has begun, so it includes all that was committed before.
            required = current ? replica.primaryState() : replica.recentState();
        }
        if (required == null) {
            throw new SQLException("the primary has not told its position for too long");
        }
        Replica.Reached reached = replica.connection(required, current);
        // Each read may get another server. None may be older than an earlier one.
        required = required.at(Math.max(required.position(), reached.position()));
        return reached.connection();
    }

    @Override
    public boolean isOpen() {
        return primary.isOpen() || secondary.isOpen();
    }

    @Override
    public void requirePrimary() {
        left = true;
    }

    @Override
    public <T> T call(Function<UnitOfWork, T> operation) {
        return either(reads -> reads.call(operation));
    }

    @Override
    public <T> T read(UnitOfWork.Sql<T> queries) {
        return either(reads -> reads.read(queries));
    }

    private <T> T either(Function<Transactions, T> query) {
        if (!left && !primary.isOpen() && replica.isUsable()) {
            try {
                T result = query.apply(secondary);
                replica.countAnswered();
                return result;
            } catch (StorageException e) {
                replica.failed(e);
            }
        }
        left = true;
        replica.countPassedOn();
        return query.apply(primary);
    }
}
