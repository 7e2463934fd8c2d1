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

/** The state of one transaction: its session, and the resources that it locked, and the served ones that it changed. */
final class UnitOfWork implements AutoCloseable {

    private final Session session;
    private final Set<Long> changed = new TreeSet<>();
    private @Nullable LockedResources locked;
    private boolean rollbackOnly;

    UnitOfWork(Session session) {
        this.session = session;
        session.setHibernateFlushMode(FlushMode.MANUAL);
    }

    Session session() {
        return session;
    }

    /** Returns the resources that this transaction has locked. */
    LockedResources locked() {
        if (locked == null) {
            locked = new LockedResources(session);
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
            session.clear();
        }
    }

    /** Runs JDBC work on the connection of this transaction. */
    <T> T jdbc(Sql<T> work) {
        return session.doReturningWork(work::on);
    }

    /** Adds to the served resources that this transaction changed. */
    void changed(Collection<Long> resources) {
        changed.addAll(resources);
    }

    Set<Long> changed() {
        return changed;
    }

    /** Marks the transaction so that it can only be rolled back. */
    void markRollbackOnly() {
        rollbackOnly = true;
    }

    boolean isRollbackOnly() {
        return rollbackOnly;
    }

    @Override
    public void close() {
        if (locked != null) {
            locked.close();
        }
    }

    /** Work with plain JDBC. */
    interface Sql<T> {
        T on(Connection connection) throws SQLException;
    }
}
