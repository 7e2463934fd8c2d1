package org.librarypeers.app.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Outcome;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.sync.storage.HarvestProgress;
import org.librarypeers.sync.storage.PeerLease;
import org.librarypeers.sync.storage.RunBasis;
import org.librarypeers.sync.storage.RunRepository;

/**
 * The runs of a storage. A run that a person starts is recorded in the transaction that saves its start.
 *
 * @param runs the runs of the storage
 * @param recorded the same runs, composed of repositories that record what a person does
 */
record AuditedRuns(RunRepository runs, RunRepository recorded) implements RunRepository {

    @Override
    public Optional<RunBasis> basis(PeerId peer) {
        return runs.basis(peer);
    }

    @Override
    public SyncLog begin(PeerLease lease, @Nullable Cursor from, Instant now, int outcomeRuns) {
        RunRepository used = CurrentActor.actor().isPresent() ? recorded : runs;
        return used.begin(lease, from, now, outcomeRuns);
    }

    @Override
    public void end(PeerLease lease, HarvestProgress progress, List<Outcome> outcomes, SyncLog log) {
        runs.end(lease, progress, outcomes, log);
    }
}
