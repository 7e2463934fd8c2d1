package org.librarypeers.sync;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Delivery;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.TagMapping;
import org.librarypeers.sync.storage.KnownShortfalls;
import org.librarypeers.sync.storage.RunBasis;
import org.librarypeers.sync.storage.SyncStorage;

/** An applier that decides like a sync, but saves nothing. */
final class RecordingBatchApplier implements BatchApplier {

    private final Peer peer;
    private final TagMapping mapping;
    private final SyncStorage storage;
    private final Clock clock;
    private final Quarantine quarantine;

    /** The resources that a sync would have saved so far. */
    private final Map<Guid, Resource> changed = new HashMap<>();

    RecordingBatchApplier(RunBasis basis, SyncStorage storage, Clock clock, Quarantine quarantine) {
        this.peer = basis.peer();
        this.mapping = basis.mapping();
        this.storage = storage;
        this.clock = clock;
        this.quarantine = quarantine;
    }

    @Override
    public SyncLog begin(SyncLog log, @Nullable Cursor from) {
        return log;
    }

    @Override
    public SyncPlan keep(Batch batch, SyncLog log) {
        Instant now = clock.instant();
        List<Guid> guids = batch.guids();
        Map<Guid, Resource> resources = new HashMap<>(storage.resources().find(guids));
        guids.stream().filter(changed::containsKey).forEach(guid -> resources.put(guid, changed.get(guid)));
        ExistingResources known = ExistingResources.of(storage, resources, peer);
        SyncPlan plan = SyncPlan.of(batch, known, mapping, new Delivery(peer, log.id(), storage.id(), now));
        plan.changed().forEach(resource -> changed.put(resource.guid(), resource));
        quarantine.kept(batch, quarantine.progress(batch, plan, storage.id(), now));
        return plan;
    }

    @Override
    public void withdraw(Withdrawals.Findings findings, SyncLog log) {
        // A preview saves nothing.
    }

    @Override
    public void reread(@Nullable Instant since) {
        // A preview saves nothing.
    }

    @Override
    public SyncLog afterUncertainty(SyncLog saved, SyncLog here) {
        return saved;
    }

    @Override
    public SyncLog end(SyncLog log, @Nullable KnownShortfalls shortfalls) {
        return log;
    }
}
