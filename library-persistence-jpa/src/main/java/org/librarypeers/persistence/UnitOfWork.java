package org.librarypeers.persistence;

import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.hibernate.FlushMode;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of one transaction: its connection, its session, the resources that it locked, and the served resources
 * that it changed. The session is opened on first use, so that work with plain JDBC does not load Hibernate.
 */
final class UnitOfWork implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(UnitOfWork.class);

    private final Database database;
    private final Connection connection;
    private final boolean committedAutomatically;
    private @Nullable Session session;
    private final Set<Long> changed = new TreeSet<>();
    private final ServedResources served = new ServedResources();
    private @Nullable LockedResources locked;
    private boolean rollbackOnly;

    private UnitOfWork(Database database, Connection connection) throws SQLException {
        this.database = database;
        this.connection = connection;
        this.committedAutomatically = connection.getAutoCommit();
        connection.setAutoCommit(false);
    }

    /** Begins a transaction on a new connection. */
    static UnitOfWork begin(Database database, Connections connections) {
        Connection connection = connect(connections);
        try {
            return new UnitOfWork(database, connection);
        } catch (SQLException e) {
            StorageException failure = unreachable(e);
            try {
                connection.close();
            } catch (SQLException closing) {
                failure.addSuppressed(closing);
            }
            throw failure;
        }
    }

    /** Returns a new connection, which the caller closes. */
    static Connection connect(Connections connections) {
        try {
            return connections.get();
        } catch (SQLException e) {
            throw unreachable(e);
        }
    }

    private static StorageException unreachable(SQLException e) {
        return StorageFailures.storage("the database cannot be reached", e);
    }

    /** Returns the session, which takes part in the transaction. */
    Session session() {
        Session opened = session;
        if (opened == null) {
            opened = database.sessions()
                    .withOptions()
                    .connection(connection)
                    .flushMode(FlushMode.MANUAL)
                    .openSession();
            session = opened;
            opened.beginTransaction();
        }
        return opened;
    }

    /** Returns the resources that this transaction has locked. */
    LockedResources locked() {
        if (locked == null) {
            locked = new LockedResources(session());
        }
        return locked;
    }

    /**
     * Runs one repository call. The session is empty before and after it: entities of an earlier call might be stale,
     * and a long transaction must not accumulate entities in memory. Only {@linkplain #locked locked resources} stay
     * loaded.
     */
    <T> T run(Function<UnitOfWork, T> operation) {
        try {
            return operation.apply(this);
        } catch (StorageException e) {
            throw e;
        } catch (PersistenceException e) {
            markRollbackOnly();
            throw StorageFailures.storage("the database rejected the operation", e);
        } catch (RuntimeException | Error e) {
            markRollbackOnly();
            throw e;
        } finally {
            if (session != null) {
                session.clear();
            }
        }
    }

    /** Runs JDBC work on the connection of this transaction. */
    <T> T jdbc(Sql<T> work) {
        try {
            return work.on(connection);
        } catch (SQLException e) {
            throw new PersistenceException(e);
        }
    }

    /** Adds to the served resources that this transaction changed. */
    void changed(Collection<Long> resources) {
        changed.addAll(resources);
    }

    Set<Long> changed() {
        return changed;
    }

    /** Returns which resources this transaction started or stopped to serve. */
    ServedResources served() {
        return served;
    }

    /** Marks the transaction so that it can only be rolled back. */
    void markRollbackOnly() {
        rollbackOnly = true;
    }

    boolean isRollbackOnly() {
        return rollbackOnly;
    }

    void commit() throws SQLException {
        if (session == null) {
            connection.commit();
        } else {
            session.getTransaction().commit();
        }
    }

    void rollback() throws SQLException {
        if (session == null) {
            connection.rollback();
        } else if (session.getTransaction().isActive()) {
            session.getTransaction().rollback();
        }
    }

    /** Closes the session and the connection after the transaction has ended. */
    @Override
    public void close() {
        try (connection) {
            if (locked != null) {
                locked.close();
            }
            if (session != null) {
                session.close();
            }
            if (committedAutomatically && !connection.isClosed()) {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            // The transaction has ended. A pool discards a connection that is broken.
            LOG.debug("A connection could not be closed", e);
        }
    }

    /** A supplier of connections, which the caller closes. */
    interface Connections {
        Connection get() throws SQLException;
    }

    /** Work with plain JDBC. */
    interface Sql<T> {
        T on(Connection connection) throws SQLException;
    }
}
