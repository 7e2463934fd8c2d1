package org.librarypeers.sync.storage;

import java.util.function.Supplier;
import org.librarypeers.domain.LibraryId;

/**
 * The storage of syncs and reviews. An embedder implements it, and the contract suites verify the implementation.
 * Thread-safe.
 */
public interface SyncStorage {

    /** Returns the id of this library. It is generated when the storage is created and never changes. */
    LibraryId id();

    /** Returns the resources. */
    ResourceRepository resources();

    /** Returns the peers. */
    PeerRepository peers();

    /** Returns the sync logs. */
    SyncLogRepository syncLogs();

    /** Returns the state of the syncs of each peer. */
    HarvestRepository harvest();

    /** Returns the decisions of reviewers. */
    DecisionRepository decisions();

    /** Returns the resources that wait for a reviewer. */
    ReviewQueue reviewQueue();

    /** Returns the rules that map categories and tags. By default, there are none. */
    default TagRuleRepository tagRules() {
        return TagRuleRepository.NONE;
    }

    /** Returns the repository of the facts about offers by which selection rules decide. By default, nothing is. */
    default SelectionRepository selections() {
        return SelectionRepository.NONE;
    }

    /** Returns the start and the end of runs. By default, they are composed of calls to the other repositories. */
    default RunRepository runs() {
        return RunRepository.of(this);
    }

    /**
     * Runs work in one transaction. Everything that the repositories of this storage save on the current thread is
     * committed together, or rolled back if the work throws. Within the work, saved data can be read back. Nested calls
     * join the outer transaction. A repository method that is called outside a transaction runs in its own.
     *
     * @throws StorageException if the transaction cannot be committed
     */
    <T> T inTransaction(Supplier<T> work);

    /**
     * Runs work without a result in one transaction, see {@link #inTransaction(Supplier)}.
     *
     * @throws StorageException if the transaction cannot be committed
     */
    default void inTransaction(Runnable work) {
        inTransaction(() -> {
            work.run();
            return Boolean.TRUE;
        });
    }
}
