package org.librarypeers.sync;

import java.util.function.Supplier;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.contract.Proxies;
import org.librarypeers.sync.inmemory.InMemoryStorage;
import org.librarypeers.sync.notifications.Outbox;
import org.librarypeers.sync.storage.DecisionRepository;
import org.librarypeers.sync.storage.HarvestRepository;
import org.librarypeers.sync.storage.PeerRepository;
import org.librarypeers.sync.storage.ResourceRepository;
import org.librarypeers.sync.storage.ReviewQueue;
import org.librarypeers.sync.storage.SelectionRepository;
import org.librarypeers.sync.storage.SyncLogRepository;
import org.librarypeers.sync.storage.SyncStorage;
import org.librarypeers.sync.storage.TagRuleRepository;

/** An in-memory storage with hooks in its transactions, for failures and for concurrent work. */
final class HookedStorage implements SyncStorage {

    private static final Runnable NOTHING = () -> {};

    private final InMemoryStorage storage = new InMemoryStorage();

    /** Runs in the transaction of a page, after its resources are saved and before its progress is saved. */
    Runnable inCommit = NOTHING;

    /** Runs after the rollback of a transaction. */
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
    public TagRuleRepository tagRules() {
        return storage.tagRules();
    }

    @Override
    public SelectionRepository selections() {
        return storage.selections();
    }

    @Override
    public DecisionRepository decisions() {
        return storage.decisions();
    }

    @Override
    public ReviewQueue reviewQueue() {
        return storage.reviewQueue();
    }

    /** Returns the outbox, to verify what a listener saved. */
    Outbox outbox() {
        return storage.outbox();
    }

    /** Returns the resources as they are served, to verify what a sync or a decision published. */
    Catalogue catalogue() {
        return storage.catalogue();
    }
}
