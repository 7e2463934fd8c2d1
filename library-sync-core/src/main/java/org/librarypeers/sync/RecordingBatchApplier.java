package org.librarypeers.sync;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Delivery;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Selection;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.TagMapping;
import org.librarypeers.sync.peer.GuidRange;
import org.librarypeers.sync.storage.Followers;
import org.librarypeers.sync.storage.HarvestProgress;
import org.librarypeers.sync.storage.KnownShortfalls;
import org.librarypeers.sync.storage.RunBasis;
import org.librarypeers.sync.storage.SyncStorage;

/** An applier that decides like a sync, but saves nothing. */
final class RecordingBatchApplier implements BatchApplier {

    private final Peer peer;
    private final TagMapping mapping;
    private final Selection selection;
    private final SyncStorage storage;
    private final Clock clock;
    private final Quarantine quarantine;

    /** The resources that a sync would have saved so far. */
    private final Map<Guid, Resource> changed = new HashMap<>();

    /** The resources that a sync would have accepted so far, and whether they have the peer as their source. */
    private final Map<Guid, Boolean> follows = new HashMap<>();

    /** The versions that a sync would have read so far; empty for resources that the peer no longer offers. */
    private final Map<Guid, Optional<String>> versions = new HashMap<>();

    /** The resources that a sync would have withdrawn so far because the peer's feed says that they are deleted. */
    private final Set<Guid> withdrawn = new HashSet<>();

    RecordingBatchApplier(RunBasis basis, SyncStorage storage, Clock clock, Quarantine quarantine) {
        this.peer = basis.peer();
        this.mapping = basis.mapping();
        this.selection = basis.selection().of(basis.peer());
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
        SyncPlan plan = SyncPlan.of(batch, known, mapping, selection, new Delivery(peer, log.id(), storage.id(), now));
        plan.changed().forEach(resource -> changed.put(resource.guid(), resource));
        HarvestProgress progress = quarantine.progress(batch, plan, storage.id(), now);
        quarantine.kept(batch, progress);
        progress.accepted().keySet().forEach(guid -> {
            Resource resource = changed.getOrDefault(guid, resources.get(guid));
            follows.put(guid, resource != null && isSource(resource));
            withdrawn.remove(guid);
        });
        Deletions.Decided deletions = batch.rest().deletions();
        withdrawn.addAll(deletions.findings().allWithdrawn());
        progress.accepted().forEach((guid, item) -> versions.put(guid, Optional.of(item.version())));
        deletions.findings().allWithdrawn().forEach(guid -> versions.put(guid, Optional.empty()));
        return plan;
    }

    private boolean isSource(Resource resource) {
        return resource.origin() instanceof Origin.FromPeer source
                && source.peer().equals(peer.id());
    }

    @Override
    public void versions(GuidRange range, BiConsumer<Guid, String> consumer) {
        storage.harvest().versions(peer.id(), range, (guid, version) -> {
            if (!versions.containsKey(guid)) {
                consumer.accept(guid, version);
            }
        });
        versions.forEach((guid, version) -> {
            if (range.contains(guid)) {
                version.ifPresent(read -> consumer.accept(guid, read));
            }
        });
    }

    /** Returns what a sync would find, which would have saved what this preview has accepted and withdrawn. */
    @Override
    public Followers followers(Set<Guid> among, Duration within) {
        Instant since = clock.instant().minus(within);
        Set<Guid> all = new HashSet<>(among);
        all.addAll(follows.keySet());
        all.addAll(withdrawn);
        Followers stored = storage.harvest().followers(peer.id(), all, since);
        Set<Guid> followed = new HashSet<>(stored.followed());
        Set<Guid> also = new HashSet<>(stored.alsoOffered());
        follows.forEach((guid, isFollowed) -> {
            followed.remove(guid);
            also.remove(guid);
            (isFollowed ? followed : also).add(guid);
        });
        int count = stored.count() + followed.size() - stored.followed().size();
        int withdrawnHere =
                Math.toIntExact(withdrawn.stream().filter(followed::contains).count());
        followed.removeAll(withdrawn);
        also.removeAll(withdrawn);
        followed.retainAll(among);
        also.retainAll(among);
        return new Followers(followed, also, count - withdrawnHere, stored.withdrawn() + withdrawnHere);
    }

    @Override
    public void withdraw(Withdrawals.Findings findings, SyncLog log) {
        // A preview saves nothing.
    }

    @Override
    public Set<Guid> reselect(Set<Guid> leftOut, Set<Guid> due) {
        return leftOut;
    }

    @Override
    public void reselected() {
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
