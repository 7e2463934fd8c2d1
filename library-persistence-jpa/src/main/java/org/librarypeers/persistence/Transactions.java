package org.librarypeers.persistence;

import jakarta.persistence.PersistenceException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.Session;
import org.hibernate.Transaction;
import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.storage.StorageException;

/** The transactions of threads. A thread has at most one at a time. A session never outlives its transaction. */
final class Transactions {

    private final Database database;

    @SuppressWarnings("ThreadLocalUsage") // one per storage: a thread may be in transactions of several
    private final ThreadLocal<@Nullable UnitOfWork> current = new ThreadLocal<>();

    Transactions(Database database) {
        this.database = database;
    }

    /** Returns whether this thread is in a transaction. */
    boolean isOpen() {
        return current.get() != null;
    }

    /** Runs the work in the thread's transaction, or in a new one if there is none. */
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

    /** Runs one repository call in the thread's transaction, or in a new one if there is none. */
    <T> T call(Function<UnitOfWork, T> operation) {
        UnitOfWork joined = current.get();
        return joined == null ? begin(unit -> unit.run(operation)) : joined.run(operation);
    }

    private <T> T begin(Function<UnitOfWork, T> work) {
        try (Session session = open()) {
            Transaction transaction = start(session);
            UnitOfWork unit = new UnitOfWork(session);
            current.set(unit);
            try {
                T result = work.apply(unit);
                commit(unit, transaction);
                return result;
            } catch (Throwable e) {
                rollback(transaction, e);
                if (StorageFailures.isConnectionLost(e)) {
                    database.renewConnections();
                }
                throw e;
            } finally {
                current.remove();
                unit.close();
            }
        }
    }

    private Session open() {
        try {
            return database.sessions().openSession();
        } catch (PersistenceException e) {
            throw StorageFailures.storage("the database cannot be used", e);
        }
    }

    private static Transaction start(Session session) {
        try {
            return session.beginTransaction();
        } catch (PersistenceException e) {
            throw StorageFailures.storage("the database cannot be reached", e);
        }
    }

    private static void commit(UnitOfWork unit, Transaction transaction) {
        if (unit.isRollbackOnly()) {
            throw new StorageException("a part of the transaction failed; nothing was saved", null);
        }
        try {
            ChangeFeed.assignPositions(unit);
            transaction.commit();
        } catch (RuntimeException e) {
            throw StorageFailures.storage("the transaction could not be committed", e);
        }
    }

    private static void rollback(Transaction transaction, Throwable reason) {
        try {
            if (transaction.isActive()) {
                transaction.rollback();
            }
        } catch (RuntimeException e) {
            // A broken connection is rolled back automatically. The original failure is the one to report.
            reason.addSuppressed(StorageFailures.storage("the transaction could not be rolled back", e));
        }
    }
}
