package org.librarypeers.sync.storage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Outcome;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;

/** A repository of runs that calls the other repositories of a storage. */
record ComposedRuns(SyncStorage storage) implements RunRepository {

    @Override
    public Optional<RunBasis> basis(PeerId peer) {
        return storage.peers().find(peer).map(this::basis);
    }

    private RunBasis basis(Peer peer) {
        HarvestRepository harvest = storage.harvest();
        List<SyncLog> last = storage.syncLogs().recent(peer.id(), 1);
        return new RunBasis(
                peer,
                last.isEmpty() ? null : last.get(0).status(),
                !storage.syncLogs().running(peer.id()).isEmpty(),
                harvest.rereadSince(peer.id()).orElse(null),
                harvest.cursor(peer.id()).orElse(null),
                harvest.shortfalls(peer.id()),
                harvest.quarantinedItems(peer.id()),
                harvest.absentItems(peer.id()),
                harvest.takeoverCandidates(peer.id()),
                storage.tagRules().mapping().from(peer.id()),
                storage.selections().state(peer));
    }

    @Override
    public SyncLog begin(PeerLease lease, @Nullable Cursor from, Instant now, int outcomeRuns) {
        return storage.inTransaction(() -> {
            storage.harvest().hold(lease);
            SyncLog log = SyncLog.start(storage.syncLogs().nextId(), lease.peer(), from, now);
            storage.syncLogs().save(log);
            storage.syncLogs().forgetOutcomes(lease.peer(), outcomeRuns);
            return log;
        });
    }

    private boolean isRunning(SyncLog log) {
        return storage.syncLogs()
                .find(log.id())
                .filter(saved -> saved.status() == SyncStatus.RUNNING)
                .isPresent();
    }

    @Override
    public void end(PeerLease lease, HarvestProgress progress, List<Outcome> outcomes, SyncLog log) {
        storage.inTransaction(() -> {
            storage.harvest().commit(lease, progress);
            if (!outcomes.isEmpty() && isRunning(log)) {
                storage.syncLogs().note(log.id(), outcomes, Set.of());
            }
            storage.syncLogs().save(log);
        });
    }
}
