package org.librarypeers.sync;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Count;
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
 *    at the end: withdrawals · orphaned resources · quarantined items · old items
 * </pre>
 */
final class RunSteps {

    private static final int ROWS_NAMED = 3;

    private final Peer peer;
    private final HarvestRepository harvest;
    private final Clock clock;
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
    private final ReadSoFar reading = new ReadSoFar();
    private final Reselection reselection;

    RunSteps(
            Peer peer,
            SyncParts parts,
            HarvestState before,
            Quarantine quarantine,
            BatchApplier applier,
            RunState run,
            RunEstimate estimate,
            RunCancellation cancellation) {
        this.peer = peer;
        this.harvest = parts.storage().harvest();
        this.clock = parts.clock();
        this.settings = parts.settings();
        this.before = before;
        this.quarantine = quarantine;
        this.applier = applier;
        this.run = run;
        this.estimate = estimate;
        this.cancellation = cancellation;
        this.takeovers = before.takeovers();
        this.deletions = new Deletions(settings.withdrawalGuard());
        this.withdrawals = new Withdrawals(
                peer.id(), harvest, before.offered(), before.alsoOffered(), settings.withdrawalGuard(), deletions);
        this.reselection = new Reselection(peer, before.selection(), parts, applier, reading);
        this.list = new ListCheck(peer, before.cursor() == null, before.shortfalls());
        this.inquiry = new Inquiry(peer.id(), harvest, quarantine, reading, withdrawals, this::isConclusive);
    }

    /** Returns whether the complete list was read and every row was readable, so that absence from it is conclusive. */
    private boolean isConclusive() {
        return before.scope().isWhole()
                && list.doubt() == null
                && quarantine.unreadableRows().isEmpty();
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
     * Reads everything that this run has to read, and returns the remarks, or null. Quarantined items come after the
     * list, so that permanent failures do not block it. Items that are only read again come last.
     */
    @Nullable
    String read(PeerSession session) {
        BatchReceiver receiver = new BatchReceiver(
                session, inquiry, applier, reading, estimate, run, cancellation, settings.batchSize());
        List<String> remarks = new ArrayList<>();
        try {
            reselection.apply();
            readChanges(session, receiver, remarks);
            if (before.scope().isWhole() && list.doubt() == null) {
                forgetRows(receiver);
            }
            tellUnreadableRows(remarks);
            if (isConclusive()) {
                reselection.forgetUnlisted(receiver, withdrawals);
            }
            tellDeletions(remarks);
            Set<Guid> settled = before.scope().isWhole() ? settleWithdrawals(remarks) : deletions.withdrawn();
            receiver.receiveApart(reading.undecided(takeoverCandidates(), settled));
            reselection.receive(receiver, settled);
            retryQuarantined(receiver, remarks);
            if (before.rereadSince() != null) {
                receiver.receiveApart(leftToReread(before.rereadSince(), settled));
            } else if (before.scope().isWhole() && estimate.asksForEach()) {
                readAgain(receiver, settled, remarks);
            }
            settleMissing(receiver, remarks);
            if (before.rereadSince() != null) {
                applier.reread(null);
            }
            inquiry.remark().ifPresent(remarks::add);
            return remarks.isEmpty() ? null : String.join("; ", remarks);
        } finally {
            // Includes the failed requests.
            run.countRequests(session);
            estimate.learn(session);
        }
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

    private void readChanges(PeerSession session, BatchReceiver receiver, List<String> remarks) {
        Cursor cursor = before.cursor();
        boolean last;
        do {
            cancellation.check();
            ChangePage page = session.changes(cursor);
            list.read(page);
            remarks.addAll(page.remarks());
            estimate.read(page);
            run.countPage();
            receive(session, page, receiver);
            cursor = page.next();
            last = page.last();
        } while (!last);
        if (list.hasFailed()) {
            remarks.add(0, list.failure());
            throw new PeerException(PeerTrouble.INCOMPLETE, String.join("; ", remarks), null);
        }
        Optional.ofNullable(list.remark()).ifPresent(remarks::add);
    }

    private void receive(PeerSession session, ChangePage page, BatchReceiver receiver) {
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
                if (before.scope().isWhole()) {
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
        receiver.receivePage(
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
    private Set<Guid> settleWithdrawals(List<String> remarks) {
        Withdrawals.Findings findings = withdrawals.findings(list.doubt());
        withdraw(findings, remarks);
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
    private void tellDeletions(List<String> remarks) {
        if (!before.scope().isWhole() || list.doubt() != null) {
            deletions.remark().ifPresent(remarks::add);
        }
    }

    private void withdraw(Withdrawals.Findings findings, List<String> remarks) {
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
    private void forgetRows(BatchReceiver receiver) {
        Set<String> rows = reading.notListed(quarantine.rows());
        if (!rows.isEmpty()) {
            receiver.apply(new Batch(List.of(), Map.of(), Batch.Rest.resolved(rows)));
        }
    }

    private void tellUnreadableRows(List<String> remarks) {
        List<String> rows = quarantine.unreadableRows();
        if (!rows.isEmpty()) {
            String named = String.join(", ", rows.subList(0, Math.min(rows.size(), ROWS_NAMED)));
            remarks.add(Count.of(rows.size(), "row") + " of the list cannot be read (" + named
                    + (rows.size() > ROWS_NAMED ? ", ..." : "")
                    + "); nothing will be marked as withdrawn until the peer corrects "
                    + (rows.size() == 1 ? "it" : "them"));
        }
    }

    private void retryQuarantined(BatchReceiver receiver, List<String> remarks) {
        try {
            List<ChangePage.Item> quarantined = reading.undecided(quarantine.toRetry(), Set.of());
            receiver.receiveApart(quarantined.subList(0, Math.min(quarantined.size(), settings.quarantineRetries())));
        } catch (PeerException e) {
            if (e.reason() == PeerTrouble.STOPPED) {
                throw e;
            }
            remarks.add("not all quarantined items could be retried: " + e.getMessage());
        }
    }

    /**
     * Reads old items again. Existing sites change tags, links and files of a resource without changing its date, so
     * only reading it again shows the change.
     */
    private void readAgain(BatchReceiver receiver, Set<Guid> settled, List<String> remarks) {
        Instant now = clock.instant();
        int most = settings.rereadCount() + reading.decided() + settled.size();
        List<ChangePage.Item> unread = harvest.longestUnread(peer.id(), now.minus(settings.rereadAge()), now, most);
        List<ChangePage.Item> items = unreadSoFar(unread, settled);
        List<ChangePage.Item> some = items.subList(0, Math.min(items.size(), settings.rereadCount()));
        try {
            receiver.receiveApart(some);
        } catch (PeerThrottledException e) {
            remarks.add(
                    "not all resources that may have changed without a new date were read again: " + e.getMessage());
        }
    }

    /** Returns the details that are still to be read again, the least recently read first. */
    private List<ChangePage.Item> leftToReread(Instant since, Set<Guid> settled) {
        return unreadSoFar(harvest.longestUnread(peer.id(), since, clock.instant(), Integer.MAX_VALUE), settled);
    }

    /**
     * Returns the items without those that this run accepted, including under another remote id. A preview does not
     * save these.
     */
    private List<ChangePage.Item> unreadSoFar(List<ChangePage.Item> unread, Set<Guid> settled) {
        return reading.undecided(unread, settled).stream()
                .filter(item -> !quarantine.isHereOtherwise(item))
                .toList();
    }

    /** Returns the reason why the run was throttled, and how many details were already read again. */
    String throttled(PeerThrottledException reason, Instant now) {
        String why = estimate.throttled(reason, run.log(), now);
        Instant since = before.rereadSince();
        if (since == null) {
            return why;
        }
        int left = leftToReread(since, Set.of()).size();
        return why + String.format(Locale.ROOT, "; %,d of ", Math.max(0, before.details() - left))
                + Count.of(before.details(), "resource") + " were read again; later runs continue with the rest";
    }

    /** Marks items that are absent for the second time as withdrawn. Doubtful items stay quarantined. */
    private void settleMissing(BatchReceiver receiver, List<String> remarks) {
        List<ChangePage.Item> missing = receiver.missing();
        if (!missing.isEmpty()) {
            String doubt = quarantine.unreadableRows().isEmpty()
                    ? list.remark() == null ? null : list.doubt()
                    : "rows of the list cannot be read";
            Withdrawals.Findings findings = withdrawals.missing(Set.copyOf(guids(missing)), doubt);
            withdraw(findings, remarks);
            receiver.settleMissing(findings.allWithdrawn());
        }
    }
}
