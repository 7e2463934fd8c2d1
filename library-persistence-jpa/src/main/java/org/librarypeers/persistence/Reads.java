package org.librarypeers.persistence;

import java.util.function.Function;

/** The ways in which repositories run queries. */
interface Reads {

    /** Returns whether this thread is in a transaction. */
    boolean isOpen();

    /** Runs one repository call in the thread's transaction, or in a new one if the thread has none. */
    <T> T call(Function<UnitOfWork, T> operation);

    /** Runs queries in the thread's transaction, or without one of their own if the thread has none. */
    <T> T read(UnitOfWork.Sql<T> queries);

    /** Makes sure that the next calls can write. */
    void requirePrimary();
}
