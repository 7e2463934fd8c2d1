package org.librarypeers.sync;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerId;
import org.librarypeers.sync.inmemory.InMemoryStorage;
import org.librarypeers.sync.port.AccountRepository;
import org.librarypeers.sync.port.BadItem;
import org.librarypeers.sync.port.Catalogue;
import org.librarypeers.sync.port.HarvestProgress;
import org.librarypeers.sync.port.HarvestRepository;
import org.librarypeers.sync.port.PeerLease;
import org.librarypeers.sync.port.PeerRepository;
import org.librarypeers.sync.port.RequestLog;
import org.librarypeers.sync.port.ResourceRepository;
import org.librarypeers.sync.port.SessionRepository;
import org.librarypeers.sync.port.Storage;
import org.librarypeers.sync.port.SyncLogRepository;
import org.librarypeers.sync.port.TagRepository;

/** A storage in memory in whose transactions something may happen: a failure, or somebody else's work in between. */
final class HookedStorage implements Storage {

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
        HarvestRepository harvest = storage.harvest();
        return new HarvestRepository() {
            @Override
            public Optional<PeerLease> claim(PeerId peer) {
                return harvest.claim(peer);
            }

            @Override
            public Optional<Cursor> cursor(PeerId peer) {
                return harvest.cursor(peer);
            }

            @Override
            public Map<Guid, String> versionsTaken(PeerId peer, Collection<Guid> guids) {
                return harvest.versionsTaken(peer, guids);
            }

            @Override
            public List<BadItem> badItems(PeerId peer) {
                return harvest.badItems(peer);
            }

            @Override
            public Set<Guid> offered(PeerId peer) {
                return harvest.offered(peer);
            }

            @Override
            public Map<Guid, Instant> withdrawn(PeerId peer) {
                return harvest.withdrawn(peer);
            }

            @Override
            public void withdraw(PeerLease lease, Set<Guid> gone, Set<Guid> back, Instant at) {
                harvest.withdraw(lease, gone, back, at);
            }

            @Override
            public void commit(PeerLease lease, HarvestProgress progress) {
                inCommit.run();
                harvest.commit(lease, progress);
                commits++;
            }
        };
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
    public Catalogue catalogue() {
        return storage.catalogue();
    }

    @Override
    public AccountRepository accounts() {
        return storage.accounts();
    }

    @Override
    public TagRepository tags() {
        return storage.tags();
    }

    @Override
    public SessionRepository sessions() {
        return storage.sessions();
    }

    @Override
    public RequestLog requests() {
        return storage.requests();
    }
}
