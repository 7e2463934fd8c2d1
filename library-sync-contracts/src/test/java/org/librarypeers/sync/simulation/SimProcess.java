package org.librarypeers.sync.simulation;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.contract.Proxies;
import org.librarypeers.sync.peer.PeerClient;
import org.librarypeers.sync.storage.DecisionRepository;
import org.librarypeers.sync.storage.HarvestRepository;
import org.librarypeers.sync.storage.PeerLease;
import org.librarypeers.sync.storage.PeerRepository;
import org.librarypeers.sync.storage.ResourceRepository;
import org.librarypeers.sync.storage.ReviewQueue;
import org.librarypeers.sync.storage.SelectionRepository;
import org.librarypeers.sync.storage.SyncLogRepository;
import org.librarypeers.sync.storage.SyncStorage;
import org.librarypeers.sync.storage.TagRuleRepository;

/** A simulated process that syncs a library. It may stop at any call of its storage. */
final class SimProcess implements SyncStorage {

    private final SimLibrary library;
    private final Fault fault;
    private int calls;
    private boolean stopped;

    SimProcess(SimLibrary library, Fault fault) {
        this.library = library;
        this.fault = fault;
    }

    SyncService service(PeerClient client) {
        return SyncService.builder()
                .storage(this)
                .client(client)
                .clock(library.clock)
                .build();
    }

    private <T extends @Nullable Object> T step(Supplier<T> call) {
        if (stopped) {
            throw new Crash();
        }
        library.touched = true;
        boolean stops = fault.kind() == Fault.Kind.CRASH && calls++ == fault.at();
        if (stops && !fault.afterwards()) {
            throw stop();
        }
        T result = call.get();
        if (stops) {
            throw stop();
        }
        return result;
    }

    private Crash stop() {
        stopped = true;
        return new Crash();
    }

    @Override
    public <T> T inTransaction(Supplier<T> work) {
        return step(() -> library.storage.inTransaction(work));
    }

    private <T> T port(Class<T> type, T port) {
        return Proxies.around(
                type,
                port,
                (method, call) -> step(
                        method.getName().equals("claim")
                                ? () -> ((Optional<?>) call.get()).map(lease -> held((PeerLease) lease))
                                : call));
    }

    /** Wraps a lease so that a stopped process does not release it. */
    private PeerLease held(PeerLease lease) {
        library.took(lease);
        return Proxies.around(PeerLease.class, lease, (method, call) -> {
            if (!method.getName().equals("close")) {
                return call.get();
            }
            if (!stopped) {
                library.gaveBack(lease);
            }
            return stopped ? null : call.get();
        });
    }

    @Override
    public HarvestRepository harvest() {
        return port(HarvestRepository.class, library.storage.harvest());
    }

    @Override
    public ResourceRepository resources() {
        return port(ResourceRepository.class, library.storage.resources());
    }

    @Override
    public SyncLogRepository syncLogs() {
        return port(SyncLogRepository.class, library.storage.syncLogs());
    }

    @Override
    public PeerRepository peers() {
        return port(PeerRepository.class, library.storage.peers());
    }

    @Override
    public LibraryId id() {
        return library.storage.id();
    }

    @Override
    public TagRuleRepository tagRules() {
        return library.storage.tagRules();
    }

    @Override
    public SelectionRepository selections() {
        return library.storage.selections();
    }

    @Override
    public DecisionRepository decisions() {
        return library.storage.decisions();
    }

    @Override
    public ReviewQueue reviewQueue() {
        return port(ReviewQueue.class, library.storage.reviewQueue());
    }
}
