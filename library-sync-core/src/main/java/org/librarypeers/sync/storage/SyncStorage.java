package org.librarypeers.sync.storage;

import java.util.function.Supplier;
import org.librarypeers.domain.LibraryId;

/**
 * Everything that syncs and reviews save. An embedder implements it, and the contract suites hold the implementation to it. Safe for
 * use by many threads.
 */
public interface SyncStorage {

    /** Returns the id of this library. It is drawn when the storage is created, and never changes. */
    LibraryId id();

    /** Returns the resources. */
    ResourceRepository resources();

    /** Returns the peers. */
    PeerRepository peers();

    /** Returns the sync logs. */
    SyncLogRepository syncLogs();

    /** Returns how far each peer has been read, and which run holds its lease. */
    HarvestRepository harvest();

    /** Returns the decisions of reviewers. */
    DecisionRepository decisions();

    /** Returns the resources that wait for a reviewer. */
    ReviewQueue reviewQueue();

    /**
     * Does the work as one: either all that the repositories of this storage are told to save on this thread until it
     * ends is kept, or, if the work throws, nothing. Within, what was saved is read back. Nested calls join the outer one.
     * A repository that is called outside makes a transaction for the call.
     *
     * @throws StorageException if it could not be committed
     */
    <T> T inTransaction(Supplier<T> work);

    /**
     * As {@link #inTransaction(Supplier)}, for work without a result.
     *
     * @throws StorageException if it could not be committed
     */
    default void inTransaction(Runnable work) {
        inTransaction(() -> {
            work.run();
            return Boolean.TRUE;
        });
    }
}
