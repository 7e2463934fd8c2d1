package org.librarypeers.sync;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Delivery;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Outcome;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PublicationPolicy;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Selection;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.sync.peer.GuidRange;
import org.librarypeers.sync.storage.ConcurrentChangeException;
import org.librarypeers.sync.storage.Followers;
import org.librarypeers.sync.storage.HarvestProgress;
import org.librarypeers.sync.storage.KnownShortfalls;
import org.librarypeers.sync.storage.PastWithdrawal;
import org.librarypeers.sync.storage.PeerLease;
import org.librarypeers.sync.storage.RunBasis;
import org.librarypeers.sync.storage.SyncStorage;

/**
 * An applier that saves the batches of a run. The resources, the cursor, the quarantined items and the log of a batch
 * are saved in one transaction.
 */
final class SavingBatchApplier implements BatchApplier {

    private final Peer peer;
    private final PeerLease lease;
    private final SyncParts parts;
    private final SyncStorage storage;
    private final Clock clock;
    private final SyncSettings settings;
    private final Quarantine quarantine;
    private final RunBasis basis;
    private final Selection selection;

    /** The end of the list, if it is not saved yet. */
    private @Nullable Pending pending;

    private boolean begun;

    SavingBatchApplier(RunBasis basis, PeerLease lease, SyncParts parts, Quarantine quarantine) {
        this.basis = basis;
        this.selection = basis.selection().of(basis.peer());
        this.peer = basis.peer();
        this.lease = lease;
        this.parts = parts;
        this.storage = parts.storage();
        this.clock = parts.clock();
        this.settings = parts.settings();
        this.quarantine = quarantine;
    }

    /**
     * Saves the log of the run, and ends the logs of dead runs. Because this run holds the lease, any other run of the
     * peer that is logged as running has died.
     */
    @Override
    public SyncLog begin(SyncLog log, @Nullable Cursor from) {
        SyncLog started = basis.hasRunning() || basis.lastRun() == null
                ? storage.inTransaction(() -> beginAfterOthers(log, from))
                : beginOne(log, from);
        begun = true;
        return started;
    }

    private SyncLog beginOne(SyncLog log, @Nullable Cursor from) {
        return storage.runs().begin(lease, from, log.started(), settings.outcomeRuns());
    }

    private SyncLog beginAfterOthers(SyncLog log, @Nullable Cursor from) {
        if (basis.lastRun() == null) {
            storage.harvest().hold(lease);
            syncAutomatically();
        }
        SyncLog started = beginOne(log, from);
        for (SyncLog left : storage.syncLogs().running(peer.id())) {
            if (!left.id().equals(started.id())) {
                parts.saveEnd(left.interrupted(
                        "it was stopped before its end; run " + started.id() + " continues from there",
                        clock.instant()));
            }
        }
        return started;
    }

    /** Enables automatic syncs when the first sync of a peer starts. */
    private void syncAutomatically() {
        storage.peers()
                .findForUpdate(peer.id())
                .filter(now -> !now.syncsAutomatically())
                .ifPresent(now -> storage.peers().save(now.withSyncsAutomatically(true)));
    }

    private record Kept(SyncPlan plan, HarvestProgress progress) {}

    /** A batch whose plan is empty, so that it can be saved with what follows. */
    private record Pending(HarvestProgress progress, List<Outcome> outcomes) {}

    @Override
    public SyncPlan keep(Batch batch, SyncLog log) {
        Kept kept = batch.isQuietEnd() && pending == null ? postponed(batch, log) : again(() -> keepOnce(batch, log));
        quarantine.kept(batch, kept.progress());
        return kept.plan();
    }

    /** Postpones the end of the list. A run that finds nothing new then saves it together with its own end. */
    private Kept postponed(Batch batch, SyncLog log) {
        Instant now = clock.instant();
        SyncPlan plan = SyncPlan.of(
                batch,
                new ExistingResources(Map.of(), Map.of()),
                basis.mapping(),
                selection,
                new Delivery(peer, log.id(), storage.id(), now));
        HarvestProgress progress = quarantine.progress(batch, plan, storage.id(), now);
        pending = new Pending(progress, batch.unchanged());
        return new Kept(plan, progress);
    }

    /** Saves a postponed batch in the transaction of the caller. The caller saves the log, which counts it already. */
    private void savePending(SyncLog log) {
        if (pending != null) {
            storage.harvest().commit(lease, pending.progress());
            storage.syncLogs().note(log.id(), pending.outcomes(), Set.of());
        }
    }

    /**
     * Does the work in a transaction. Retries it if another run saved the same resources concurrently, or if both runs
     * waited for each other.
     */
    private <T> T again(Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                T result = storage.inTransaction(work);
                pending = null;
                return result;
            } catch (ConcurrentChangeException e) {
                if (attempt == settings.saveAttempts()) {
                    throw e;
                }
            }
        }
    }

    private Kept keepOnce(Batch batch, SyncLog log) {
        savePending(log);
        Instant now = clock.instant();
        ExistingResources known =
                ExistingResources.of(storage, storage.resources().findForUpdate(batch.guids()), peer);
        SyncPlan plan = SyncPlan.of(
                batch, known, basis.mapping(), selection(batch), new Delivery(sender(), log.id(), storage.id(), now));
        storage.resources().save(plan.changed());
        storage.decisions().add(plan.publications());
        HarvestProgress progress = quarantine.progress(batch, plan, storage.id(), now);
        storage.harvest().commit(lease, progress);
        storage.syncLogs().save(log.progressed(plan.tally().plus(batch.tally()), log.requests()));
        List<Outcome> outcomes = new ArrayList<>(plan.outcomes());
        outcomes.addAll(batch.unchanged());
        Deletions.Decided deletions = batch.rest().deletions();
        outcomes.addAll(outcomes(deletions.withdrawn()));
        storage.syncLogs().note(log.id(), outcomes, batch.rest().again().all());
        if (!deletions.withdrawn().isEmpty() || !deletions.alsoWithdrawn().isEmpty()) {
            mark(deletions.findings(), log, now);
        }
        return new Kept(plan, progress);
    }

    /** Returns the selection for a batch. A refusal that was revoked during a long run no longer counts. */
    private Selection selection(Batch batch) {
        return Collections.disjoint(batch.guids(), selection.refused())
                ? selection
                : storage.selections().state(peer).of(peer);
    }

    /** Returns the peer. A long run must not go on publishing everything after the policy of the peer was changed. */
    private Peer sender() {
        return peer.publication() == PublicationPolicy.PUBLISH_EVERYTHING
                ? storage.peers().find(peer.id()).orElse(peer)
                : peer;
    }

    @Override
    public void withdraw(Withdrawals.Findings findings, SyncLog log) {
        again(() -> {
            savePending(log);
            mark(findings, log, clock.instant());
            storage.syncLogs().save(log);
            storage.syncLogs().note(log.id(), outcomes(findings.withdrawn()), Set.of());
            return log;
        });
    }

    /** Marks resources as withdrawn, and archives them if the peer is set so, in the transaction of the caller. */
    private void mark(Withdrawals.Findings findings, SyncLog log, Instant now) {
        List<Resource> archived = peer.archivesWithdrawn()
                ? archived(
                        storage.resources().findForUpdate(findings.withdrawn()).values(), now)
                : List.of();
        storage.resources().save(archived);
        storage.harvest().withdraw(lease, findings.allWithdrawn(), findings.offeredAgain(), now);
        storage.syncLogs().keepWithdrawals(explained(findings, archived, log, now));
    }

    @Override
    public Followers followers(Set<Guid> among, Duration within) {
        return storage.harvest().followers(peer.id(), among, clock.instant().minus(within));
    }

    @Override
    public void versions(GuidRange range, BiConsumer<Guid, String> consumer) {
        // A batch that waits to be saved has no versions.
        storage.harvest().versions(peer.id(), range, consumer);
    }

    private Map<Guid, PastWithdrawal> explained(
            Withdrawals.Findings findings, List<Resource> archived, SyncLog log, Instant now) {
        Set<Guid> alsoArchived = archived.stream().map(Resource::guid).collect(Collectors.toSet());
        return findings.withdrawn().stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        guid -> new PastWithdrawal(
                                log.id(), peer.id(), now, findings.listed(), alsoArchived.contains(guid))));
    }

    private static List<Outcome> outcomes(Set<Guid> withdrawn) {
        return withdrawn.stream()
                .sorted()
                .map(guid -> new Outcome(Outcome.Kind.WITHDRAWN, null, guid, null))
                .toList();
    }

    private List<Resource> archived(Collection<Resource> withdrawn, Instant now) {
        return withdrawn.stream()
                .filter(resource -> resource.status() == Status.APPROVED)
                .filter(resource -> resource.origin() instanceof Origin.FromPeer source
                        && source.peer().equals(peer.id()))
                .map(resource -> resource.archive(now))
                .toList();
    }

    @Override
    public Set<Guid> reselect(Set<Guid> leftOut, Set<Guid> due) {
        storage.selections().mark(lease, leftOut, due);
        return Set.of();
    }

    @Override
    public void reselected() {
        storage.selections().applied(lease, selection.rule());
    }

    @Override
    public void reread(@Nullable Instant since) {
        storage.harvest().reread(lease, since);
    }

    /** Decides whether a postponed batch was saved with a later one. Only then the saved log counts as much as this run. */
    @Override
    public SyncLog afterUncertainty(SyncLog saved, SyncLog here) {
        if (pending == null) {
            return saved;
        }
        boolean isSaved = saved.tally().total() >= here.tally().total();
        pending = isSaved ? null : pending;
        return isSaved ? saved : here;
    }

    /** Saves the end of the run. If the lease was lost, the log stays as the new holder left it. */
    @Override
    public SyncLog end(SyncLog log, @Nullable KnownShortfalls shortfalls) {
        if (begun && shortfalls == null && !parts.listener().savesWithEnd(log, basis.lastRun())) {
            endOne(log);
            return log;
        }
        return storage.inTransaction(() -> {
            SyncLog end = begun ? log : log.withId(storage.syncLogs().nextId());
            endOne(end);
            if (shortfalls != null) {
                storage.harvest().keepShortfalls(lease, shortfalls);
            }
            parts.listener().ending(end);
            return end;
        });
    }

    private void endOne(SyncLog log) {
        Pending left = pending == null ? new Pending(HarvestProgress.nothing(clock.instant()), List.of()) : pending;
        if (begun) {
            storage.runs().end(lease, left.progress(), left.outcomes(), log);
        } else {
            // The start could not be saved, so there is no log to replace.
            storage.harvest().commit(lease, left.progress());
            storage.syncLogs().save(log);
        }
    }
}
