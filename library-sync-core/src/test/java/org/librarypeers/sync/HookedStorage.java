package org.librarypeers.sync;

import java.util.function.Supplier;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.inmemory.InMemoryStorage;
import org.librarypeers.sync.storage.DecisionRepository;
import org.librarypeers.sync.storage.HarvestRepository;
import org.librarypeers.sync.storage.PeerRepository;
import org.librarypeers.sync.storage.ResourceRepository;
import org.librarypeers.sync.storage.ReviewQueue;
import org.librarypeers.sync.storage.SyncLogRepository;
import org.librarypeers.sync.storage.SyncStorage;

/** A storage in memory in whose transactions something may happen: a failure, or somebody else's work in between. */
final class HookedStorage implements SyncStorage {

    private static final Runnable NOTHING = () -> {};

    private final InMemoryStorage storage = new InMemoryStorage();

    /** Runs in the transaction of a page, after its resources were saved and before its progress is. */
    Runnable inCommit = NOTHING;

    /** Runs where a transaction was undone. */
    Runnable afterRollback = NOTHING;

    /** Runs before each transaction. */
    Runnable beforeTransaction = NOTHING;

    SyncLogRepository syncLogs = storage.syncLogs();

    int commits;

    @Override
    public <T> T inTransaction(Supplier<T> work) {
        beforeTransaction.run();
        try {
            return storage.inTransaction(work);
        } catch (RuntimeException e) {
            afterRollback.run();
            throw e;
        }
    }

    @Override
    public HarvestRepository harvest() {
        return Proxies.around(HarvestRepository.class, storage.harvest(), (method, call) -> {
            boolean commit = method.getName().equals("commit");
            if (commit) {
                inCommit.run();
            }
            Object result = call.get();
            commits += commit ? 1 : 0;
            return result;
        });
    }

    @Override
    public LibraryId id() {
        return storage.id();
    }

    @Override
    public ResourceRepository resources() {
        return storage.resources();
    }

    @Override
    public PeerRepository peers() {
        return storage.peers();
    }

    @Override
    public SyncLogRepository syncLogs() {
        return syncLogs;
    }

    @Override
    public DecisionRepository decisions() {
        return storage.decisions();
    }

    @Override
    public ReviewQueue reviewQueue() {
        return storage.reviewQueue();
    }

    /** Returns the resources as they are served, to verify what a sync or a decision published. */
    Catalogue catalogue() {
        return storage.catalogue();
    }
}
