package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.storage.StorageException;

/** The transactions of threads. A thread has at most one at a time. A session never outlives its transaction. */
final class Transactions implements Reads {

    private final Database database;
    private final UnitOfWork.Connections connections;
    private final Runnable renewal;

    @SuppressWarnings("ThreadLocalUsage") // one per storage: a thread may be in transactions of several
    private final ThreadLocal<@Nullable UnitOfWork> current = new ThreadLocal<>();

    Transactions(Database database) {
        this(database, database::connection, database::renewConnections);
    }

    /**
     * Creates transactions on other connections than those of the database.
     *
     * @param renewal called after one of the connections broke
     */
    Transactions(Database database, UnitOfWork.Connections connections, Runnable renewal) {
        this.database = database;
        this.connections = connections;
        this.renewal = renewal;
    }

    @Override
    public boolean isOpen() {
        return current.get() != null;
    }

    /** Runs the work in the thread's transaction, or in a new one if the thread has none. */
    <T> T inTransaction(Supplier<T> work) {
        UnitOfWork joined = current.get();
        if (joined == null) {
            return begin(unit -> work.get());
        }
        try {
            return work.get();
        } catch (Throwable e) {
            // The nested work may be incomplete: a caller that catches the exception must not commit it.
            joined.markRollbackOnly();
            throw e;
        }
    }

    @Override
    public void requirePrimary() {
        // All these transactions can write.
    }

    @Override
    public <T> T call(Function<UnitOfWork, T> operation) {
        UnitOfWork joined = current.get();
        return joined == null ? begin(unit -> unit.run(operation)) : joined.run(operation);
    }

    /** Runs one statement, which may write, as {@link #read} runs queries. */
    <T> T single(UnitOfWork.Sql<T> statement) {
        return read(statement);
    }

    /**
     * Runs queries in the thread's transaction. If there is none, each query is a transaction of its own, which saves the
     * statements that begin and end one.
     */
    @Override
    public <T> T read(UnitOfWork.Sql<T> queries) {
        UnitOfWork joined = current.get();
        if (joined != null) {
            return joined.run(unit -> unit.jdbc(queries));
        }
        try (Connection connection = UnitOfWork.connect(connections)) {
            T result = queries.on(connection);
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
            return result;
        } catch (SQLException e) {
            if (StorageFailures.isConnectionLost(e)) {
                renewal.run();
            }
            throw StorageFailures.storage("the database rejected the operation", e);
        }
    }

    private <T> T begin(Function<UnitOfWork, T> work) {
        try (UnitOfWork unit = UnitOfWork.begin(database, connections)) {
            current.set(unit);
            try {
                T result = work.apply(unit);
                commit(unit);
                return result;
            } catch (Throwable e) {
                rollback(unit, e);
                if (StorageFailures.isConnectionLost(e)) {
                    renewal.run();
                }
                throw e;
            } finally {
                current.remove();
            }
        }
    }

    private static void commit(UnitOfWork unit) {
        if (unit.isRollbackOnly()) {
            throw new StorageException("a part of the transaction failed; nothing was saved", null);
        }
        try {
            ChangeFeed.assignPositions(unit);
            unit.commit();
        } catch (SQLException | RuntimeException e) {
            throw StorageFailures.storage("the transaction could not be committed", e);
        }
    }

    private static void rollback(UnitOfWork unit, Throwable reason) {
        try {
            unit.rollback();
        } catch (SQLException | RuntimeException e) {
            // A broken connection is rolled back automatically. The original failure is the one to report.
            reason.addSuppressed(StorageFailures.storage("the transaction could not be rolled back", e));
        }
    }
}
