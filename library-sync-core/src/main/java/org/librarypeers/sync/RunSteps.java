package org.librarypeers.sync;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.PeerSession;
import org.librarypeers.sync.peer.PeerThrottledException;
import org.librarypeers.sync.storage.AcceptedItem;
import org.librarypeers.sync.storage.HarvestRepository;
import org.librarypeers.sync.storage.KnownShortfalls;

/**
 * The steps of a run that read the peer.
 *
 * <pre>
 *    changes ─► wanted items ─► bodies ─► plan ─► saved, with the cursor
 *    at the end: differences from the digests · withdrawals · orphaned resources · quarantined items · old items
 * </pre>
 */
final class RunSteps {

    private final Peer peer;
    private final HarvestRepository harvest;
    private final SyncSettings settings;
    private final HarvestState before;
    private final Quarantine quarantine;
    private final BatchApplier applier;
    private final RunState run;
    private final RunEstimate estimate;
    private final RunCancellation cancellation;
    private final Set<Guid> takeovers;
    private final Deletions deletions;
    private final Withdrawals withdrawals;
    private final Inquiry inquiry;
    private final ListCheck list;
    private final ReadSoFar reading;
    private final Reselection reselection;
    private final Rereads rereads;
    private final List<String> remarks;

    /** Null if the run does not compare digests. */
    private final @Nullable DigestReconciliation digests;

    private @Nullable BatchReceiver receiver;

    /**
     * Creates the steps of a run.
     *
     * @param run the parts of the run
     * @param before the state of the peer's syncs before the run
     * @param comparesDigests whether the run compares digests, in place of reading the whole list
     */
    RunSteps(RunParts run, HarvestState before, boolean comparesDigests) {
        SyncParts parts = run.parts();
        this.peer = run.peer();
        this.harvest = parts.storage().harvest();
        this.settings = parts.settings();
        this.before = before;
        this.quarantine = run.quarantine();
        this.applier = run.applier();
        this.run = run.state();
        this.estimate = run.estimate();
        this.cancellation = run.cancellation();
        this.reading = run.reading();
        this.remarks = run.remarks();
        this.takeovers = before.takeovers();
        this.deletions = new Deletions(settings.withdrawalGuard());
        this.withdrawals = withdrawals(before.offered(), before.alsoOffered());
        this.reselection = new Reselection(peer, before.selection(), parts, applier, reading);
        this.rereads = new Rereads(peer.id(), parts, before, quarantine, reading);
        this.list = new ListCheck(peer, before.cursor() == null, before.shortfalls());
        this.inquiry = new Inquiry(peer.id(), harvest, quarantine, reading, withdrawals, this::isUnlisted);
        this.digests = comparesDigests ? new DigestReconciliation(peer, parts, applier, quarantine, deletions) : null;
    }

    private Withdrawals withdrawals(Set<Guid> offered, Set<Guid> alsoOffered) {
        return new Withdrawals(peer.id(), harvest, offered, alsoOffered, settings.withdrawalGuard(), deletions);
    }

    /** Returns whether the complete list was read and every row was readable, so that absence from it is conclusive. */
    private boolean isConclusive() {
        return before.scope().isWhole()
                && list.doubt() == null
                && quarantine.unreadableRows().isEmpty();
    }

    /** Returns whether the peer is known to list an item no longer. */
    private boolean isUnlisted(ChangePage.Item item) {
        Guid guid = item.guid();
        return isConclusive() || (digests != null && guid != null && digests.lack(guid));
    }

    /** Returns the quarantine counts, at this point in the run. */
    SyncLog.QuarantineCounts quarantined() {
        return quarantine.counts(before.offeredCount());
    }

    /** Returns the shortfalls after this run. Null if they did not change. */
    @Nullable
    KnownShortfalls shortfalls() {
        return list.changed();
    }

    /**
     * Reads the list, and compares digests if this run does so. Returns whether that is enough; otherwise other steps must read the whole
     * list.
     */
    boolean readList(PeerSession session) {
        BatchReceiver used = new BatchReceiver(
                session, inquiry, applier, reading, estimate, run, cancellation, settings.batchSize());
        receiver = used;
        return counted(session, () -> {
            reselection.apply();
            boolean isOnly = before.scope() == SyncScope.DIFFERENCES;
            if (!isOnly) {
                readChanges(session, used);
            }
            Optional<String> tooLittle =
                    digests == null ? Optional.empty() : digests.compare(session, isOnly, cancellation::check);
            tooLittle.ifPresent(remarks::add);
            return tooLittle.isEmpty();
        });
    }

    private <T extends @Nullable Object> T counted(PeerSession session, Supplier<T> steps) {
        try {
            return steps.get();
        } finally {
            // Includes the failed requests.
            run.countRequests(session);
            estimate.learn(session);
        }
    }

    /**
     * Reads everything else that this run has to read, and returns the remarks, or null. Quarantined items come after the
     * list, so that permanent failures do not block it. Items that are only read again come last.
     */
    @Nullable
    String finish(PeerSession session) {
        return counted(session, () -> finish(session, Objects.requireNonNull(receiver)));
    }

    private @Nullable String finish(PeerSession session, BatchReceiver used) {
        if (before.scope().isWhole() && list.doubt() == null) {
            forgetRows(used);
        }
        quarantine.remark().ifPresent(remarks::add);
        if (isConclusive()) {
            reselection.forgetUnlisted(used, withdrawals);
        }
        tellDeletions();
        Set<Guid> settled = before.scope().isWhole() ? settleWithdrawals() : deletions.withdrawn();
        if (digests != null) {
            settled = settleDifferences(digests, session, used);
        }
        used.receiveApart(reading.undecided(takeoverCandidates(), settled));
        reselection.receive(used, settled);
        reselection.remark().ifPresent(remarks::add);
        retryQuarantined(used);
        if (before.rereadSince() != null) {
            used.receiveApart(rereads.left(before.rereadSince(), settled));
        } else if (before.scope().isWhole() && estimate.asksForEach()) {
            rereads.readAgain(used, settled, remarks);
        }
        settleMissing(used);
        if (before.rereadSince() != null) {
            applier.reread(null);
        }
        inquiry.remark().ifPresent(remarks::add);
        if (digests != null) {
            remarks.add(digests.remark());
        }
        return remarks.isEmpty() ? null : String.join("; ", remarks);
    }

    /**
     * Receives the resources that differ from the peer's digests. Returns the withdrawn resources, so that this run
     * does not process them further.
     */
    private Set<Guid> settleDifferences(DigestReconciliation compared, PeerSession session, BatchReceiver used) {
        compared.receive(page -> receive(session, page, used));
        Set<Guid> gone = compared.confirmedGone(session, forgotten -> {
            if (!forgotten.isEmpty()) {
                used.apply(new Batch(forgotten, Map.of(), Batch.Rest.again(Batch.Again.NONE)));
            }
        });
        Set<Guid> settled = new HashSet<>(deletions.withdrawn());
        if (!gone.isEmpty()) {
            Set<Guid> offered = new HashSet<>(harvest.offered(peer.id()));
            // What is new does not make the loss look small.
            offered.removeAll(reading.added());
            Withdrawals.Findings findings =
                    withdrawals(offered, harvest.alsoOffered(peer.id())).missing(gone, null);
            withdraw(findings);
            settled.addAll(findings.allWithdrawn());
        }
        return settled;
    }

    /**
     * Returns the items for which the peer may become the source. A run that has saved nothing so far uses those that it read
     * at its start.
     */
    private List<ChangePage.Item> takeoverCandidates() {
        boolean isAsBefore = reading.decided() == 0 && !reselection.isChanged() && !deletions.isDecided();
        return reselection.withoutLeftOut(
                isAsBefore ? before.takeoverCandidates() : harvest.takeoverCandidates(peer.id()));
    }

    private void readChanges(PeerSession session, BatchReceiver used) {
        Cursor cursor = before.cursor();
        boolean last;
        do {
            cancellation.check();
            ChangePage page = session.changes(cursor);
            list.read(page);
            remarks.addAll(page.remarks());
            estimate.read(page);
            run.countPage();
            receive(session, page, used);
            cursor = page.next();
            last = page.last();
        } while (!last);
        if (list.hasFailed()) {
            remarks.add(0, list.failure());
            throw new PeerException(PeerTrouble.INCOMPLETE, String.join("; ", remarks), null);
        }
        Optional.ofNullable(list.remark()).ifPresent(remarks::add);
    }

    private void receive(PeerSession session, ChangePage page, BatchReceiver used) {
        withdrawals.listed(page, quarantine::isLeftOut);
        deletions.read(page);
        Collection<ChangePage.Item> fresh = reading.fresh(quarantine.asKnown(page.items()));
        Map<Guid, AcceptedItem> accepted = harvest.accepted(peer.id(), guids(fresh));
        List<ChangePage.Item> wanted = new ArrayList<>();
        Map<Guid, String> unchanged = new LinkedHashMap<>();
        Map<Guid, String> leftOut = new LinkedHashMap<>();
        Set<String> renumbered = new HashSet<>();
        for (ChangePage.Item item : fresh) {
            if (quarantine.isLeftOut(item)) {
                if (before.scope().isWhole() || digests != null) {
                    wanted.add(item);
                }
            } else if (!isAsAccepted(item, accepted)
                    || quarantine.isHereOtherwise(item)
                    || quarantine.has(item)
                    || deletions.isBack(item)
                    || isReadAgain(item)
                    || reselection.isDecidedAgain(item, accepted.get(item.guid()))) {
                wanted.add(item);
            } else {
                (reselection.isLeftOut(item, accepted.get(item.guid())) ? leftOut : unchanged)
                        .put(item.guid(), item.remoteId());
            }
            if (quarantine.isRenumbered(item)) {
                renumbered.add(item.remoteId());
            }
        }
        reading.leaveOut(leftOut.values());
        estimate.wants(fresh.size(), wanted.size());
        estimate.open(wanted);
        run.planned(session);
        // When the whole list is read, the cursor moves only at the end, because it must not go back.
        boolean moves = list.mayMoveCursor() && (!before.scope().isWhole() || page.last());
        Cursor next = moves ? page.next() : null;
        Deletions.Decided deleted = moves ? deletions.decide(applier, reading.added()) : Deletions.Decided.NOTHING;
        used.receivePage(
                Inquiry.inOrder(wanted),
                new Batch.Rest(next, unchanged, leftOut, Batch.Again.NONE, deleted, renumbered, page.last()));
    }

    /**
     * Returns whether an item is processed again because the page contains its body, so that no request is needed
     * later.
     */
    private boolean isReadAgain(ChangePage.Item item) {
        return item.body() != null && (before.rereadSince() != null || mayTakeOver(item));
    }

    private boolean mayTakeOver(ChangePage.Item item) {
        return before.scope().isWhole() && takeovers.contains(item.guid());
    }

    private static boolean isAsAccepted(ChangePage.Item item, Map<Guid, AcceptedItem> accepted) {
        AcceptedItem before = item.guid() == null ? null : accepted.get(item.guid());
        return before != null
                && before.remoteId().equals(item.remoteId())
                && before.version().equals(item.version());
    }

    private static List<Guid> guids(Collection<ChangePage.Item> items) {
        return items.stream()
                .map(ChangePage.Item::guid)
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * Marks resources as withdrawn or as offered again. Returns both, so that this run does not process them further. A
     * preview then behaves in the same way although it marks nothing.
     */
    private Set<Guid> settleWithdrawals() {
        Withdrawals.Findings findings = withdrawals.findings(list.doubt());
        withdraw(findings);
        Set<Guid> settledNow = new HashSet<>(findings.allWithdrawn());
        settledNow.addAll(findings.offeredAgain());
        settledNow.addAll(deletions.withdrawn());
        return settledNow;
    }

    /** Returns why the run ended early, and which deletions it did not follow before: the cursor may have passed them. */
    String explained(String reason) {
        return deletions.remark().map(remark -> reason + "; " + remark).orElse(reason);
    }

    /** Tells deletions that were not applied, unless the complete list decides on these resources. */
    private void tellDeletions() {
        if (!before.scope().isWhole() || list.doubt() != null) {
            deletions.remark().ifPresent(remarks::add);
        }
    }

    private void withdraw(Withdrawals.Findings findings) {
        SyncLog log = run.log();
        SyncLog settled =
                log.progressed(SyncTally.NONE.withdrawn(findings.withdrawn().size()), log.requests());
        applier.withdraw(findings, settled);
        run.log(settled);
        if (findings.remark() != null) {
            remarks.add(findings.remark());
        }
    }

    /** Ends the quarantine of rows that the list no longer shows. Only the whole list proves this. */
    private void forgetRows(BatchReceiver used) {
        Set<String> rows = reading.notListed(quarantine.rows());
        if (!rows.isEmpty()) {
            used.apply(new Batch(List.of(), Map.of(), Batch.Rest.resolved(rows)));
        }
    }

    private void retryQuarantined(BatchReceiver used) {
        try {
            List<ChangePage.Item> quarantined = reading.undecided(quarantine.toRetry(), Set.of());
            used.receiveApart(quarantined.subList(0, Math.min(quarantined.size(), settings.quarantineRetries())));
        } catch (PeerException e) {
            if (e.reason() == PeerTrouble.STOPPED) {
                throw e;
            }
            remarks.add("not all quarantined items could be retried: " + e.getMessage());
        }
    }

    /** Returns the reason why the run was throttled, and how many details were already read again. */
    String throttled(PeerThrottledException reason, Instant now) {
        return estimate.throttled(reason, run.log(), now) + rereads.progress();
    }

    /** Marks items that are absent for the second time as withdrawn. Doubtful items stay quarantined. */
    private void settleMissing(BatchReceiver used) {
        List<ChangePage.Item> missing = used.missing();
        if (!missing.isEmpty()) {
            String doubt = quarantine.unreadableRows().isEmpty()
                    ? list.remark() == null ? null : list.doubt()
                    : "rows of the list cannot be read";
            Withdrawals.Findings findings = withdrawals.missing(Set.copyOf(guids(missing)), doubt);
            withdraw(findings);
            used.settleMissing(findings.allWithdrawn());
        }
    }
}
