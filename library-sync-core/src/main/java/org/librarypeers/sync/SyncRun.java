package org.librarypeers.sync;

import java.time.Clock;
import java.time.Duration;
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
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Outcome;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.PeerClient;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.PeerSession;
import org.librarypeers.sync.peer.PeerThrottledException;
import org.librarypeers.sync.storage.AcceptedItem;
import org.librarypeers.sync.storage.HarvestRepository;
import org.librarypeers.sync.storage.LeaseLostException;
import org.librarypeers.sync.storage.PeerLease;
import org.librarypeers.sync.storage.StorageException;
import org.librarypeers.sync.storage.StorageUnavailableException;
import org.librarypeers.sync.storage.SyncStorage;

/**
 * One run of one peer, from the start to the final log entry. An instance is used once, by one thread. Without a lease,
 * the run is a preview, which reads and decides like a sync but saves nothing.
 *
 * <pre>
 *    changes ─► wanted items ─► bodies ─► plan ─► saved, with the cursor
 *    at the end: withdrawals · orphaned resources · quarantined items · old items
 * </pre>
 */
final class SyncRun {

    /** The number of bodies that are fetched one by one and saved in one batch. A crash loses at most one batch. */
    private static final int FETCH_BATCH = 50;

    /**
     * The number of attempts to save the end of a run while the storage is unavailable. Together they take 5 to 20
     * seconds.
     */
    private static final int END_ATTEMPTS = 20;

    private static final Duration END_PAUSE = Duration.ofMillis(250);

    private static final int ROWS_NAMED = 3;

    private final Peer peer;
    private final SyncScope scope;
    private final PeerClient client;
    private final SyncStorage storage;
    private final Clock clock;
    private final SyncListener listener;
    private final boolean preview;
    private final Quarantine quarantine;
    private final BatchApplier keeping;
    private final Withdrawals withdrawals;
    private final Inquiry inquiry;

    /**
     * The number of resources that the peer was known to offer; 0 if nothing was quarantined, because it is not used
     * then.
     */
    private final int offeredBefore;

    /**
     * The resources that this run may take over although they are listed as before; empty if it does not read the whole
     * list.
     */
    private final Set<Guid> takeoverCandidates;

    /** The first items that were accepted with remarks. */
    private final List<Outcome> remarked = new ArrayList<>();

    /** The time since which every detail is to be read again; null if that was not requested or is done. */
    private final @Nullable Instant rereadSince;

    /** The number of details to read again, including those that were already read. */
    private final int details;

    /** The items that were accepted earlier and are absent for the second time. */
    private final List<ChangePage.Item> missing = new ArrayList<>();

    private final ReadSoFar reading = new ReadSoFar();
    private final ListCheck list;
    private final RunCancellation stop = new RunCancellation();
    private final RunEstimate pacing = new RunEstimate();
    private volatile SyncProgress progress;
    private int pages;
    private @Nullable Cursor cursor;
    private SyncLog log;

    SyncRun(
            Peer peer,
            SyncScope scope,
            PeerClient client,
            SyncStorage storage,
            Clock clock,
            SyncListener listener,
            @Nullable PeerLease lease) {
        this.peer = peer;
        Instant unfinished = storage.harvest().rereadSince(peer.id()).orElse(null);
        // Completes an earlier request to read every detail, because a user waits for it.
        this.scope = unfinished == null ? scope : SyncScope.EVERY_DETAIL;
        this.rereadSince = unfinished == null && scope == SyncScope.EVERY_DETAIL ? clock.instant() : unfinished;
        this.details = rereadSince == null ? 0 : storage.harvest().detailCount(peer.id());
        this.client = client;
        this.storage = storage;
        this.clock = clock;
        this.listener = listener;
        this.preview = lease == null;
        this.quarantine = new Quarantine(
                storage.harvest().quarantinedItems(peer.id()), storage.harvest().absentItems(peer.id()));
        this.keeping = lease == null
                ? new RecordingBatchApplier(peer, storage, clock, quarantine)
                : new SavingBatchApplier(peer, lease, storage, clock, quarantine);
        this.withdrawals =
                new Withdrawals(peer.id(), storage.harvest(), this.scope.isWhole() || quarantine.expectsAbsent());
        this.offeredBefore = quarantine.size() == 0 ? 0 : offered(storage.harvest(), peer.id());
        this.takeoverCandidates =
                this.scope.isWhole() ? Set.copyOf(guids(storage.harvest().takeoverCandidates(peer.id()))) : Set.of();
        this.cursor = this.scope.isWhole()
                ? null
                : storage.harvest().cursor(peer.id()).orElse(null);
        ListCheck check = new ListCheck(peer, cursor == null, storage.harvest().shortfalls(peer.id()));
        boolean whole = this.scope.isWhole();
        this.list = check;
        this.inquiry = new Inquiry(
                peer.id(),
                storage.harvest(),
                quarantine,
                reading,
                withdrawals,
                () -> whole
                        && check.doubt() == null
                        && quarantine.unreadableRows().isEmpty());
        SyncLogId id = preview ? SyncLogId.NONE : storage.syncLogs().nextId();
        this.log = SyncLog.start(id, peer.id(), cursor, clock.instant());
        this.progress = new SyncProgress(peer, log, 0, -1, null);
    }

    private static int offered(HarvestRepository harvest, PeerId peer) {
        return harvest.offered(peer).size() + harvest.alsoOffered(peer).size();
    }

    /** Returns the progress. May be called from any thread. */
    SyncProgress progress() {
        return progress;
    }

    /** Returns the cancellation of this run. May be called from any thread. */
    RunCancellation stop() {
        return stop;
    }

    boolean isPreview() {
        return preview;
    }

    SyncReport execute() {
        try {
            keeping.begin(log);
            if (!preview) {
                listener.started(log);
            }
            if (rereadSince != null) {
                keeping.reread(rereadSince);
            }
            log = kept(ended());
        } catch (LeaseLostException e) {
            log = RunCancellation.undisturbed(() -> asLeft(e));
        } catch (RuntimeException | Error e) {
            if (!endBecauseOf(e)) {
                throw e;
            }
        } finally {
            stop.over();
        }
        return new SyncReport(peer, log, preview, remarked);
    }

    private SyncLog kept(SyncLog end) {
        return RunCancellation.undisturbed(() -> {
            endPatiently(end);
            return end;
        });
    }

    /**
     * Saves the end of the run, with retries if the storage is unavailable. Otherwise the log would say that the run
     * goes on.
     */
    private void endPatiently(SyncLog end) {
        boolean interrupted = false;
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    keeping.end(end, list.changed());
                    return;
                } catch (StorageUnavailableException e) {
                    if (attempt == END_ATTEMPTS) {
                        throw e;
                    }
                    LockSupport.parkNanos(END_PAUSE.toNanos());
                    // The run is ending already; a further interrupt changes nothing.
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private SyncLog ended() {
        try (PeerSession session = open()) {
            stop.asking(session);
            String remarks = read(session);
            return log.completed(quarantine.bad(offeredBefore), remarks, clock.instant());
        } catch (PeerThrottledException e) {
            Instant now = clock.instant();
            return log.throttled(e.until(), throttled(e, now), now);
        } catch (PeerException e) {
            return e.reason() == PeerTrouble.STOPPED
                    ? log.interrupted(stop.reason(), clock.instant())
                    : log.failed(e.reason(), e.getMessage(), clock.instant());
        } finally {
            stop.asking(null);
        }
    }

    private PeerSession open() {
        boolean readBefore = storage.harvest().cursor(peer.id()).isPresent();
        return readBefore ? client.reopen(peer) : client.open(peer);
    }

    /** Returns the log as saved by the process that revoked the lease, or an interrupted log if it is not saved yet. */
    private SyncLog asLeft(LeaseLostException lost) {
        try {
            Optional<SyncLog> left = storage.syncLogs().find(log.id());
            if (left.isPresent() && left.get().status() != SyncStatus.RUNNING) {
                return left.get();
            }
        } catch (StorageException e) {
            lost.addSuppressed(e);
        }
        return log.interrupted(lost.getMessage(), clock.instant());
    }

    /**
     * Ends the run after a failure of this library. The log gets the reason if it can still be written. If the run was
     * cancelled, a storage failure is expected and not reported.
     *
     * @return whether the failure was expected; otherwise the caller must throw it
     */
    private boolean endBecauseOf(Throwable trouble) {
        boolean byWill = trouble instanceof StorageException && stop.isGiven();
        Instant now = clock.instant();
        try {
            log = kept(
                    byWill
                            ? log.interrupted(stop.reason(), now)
                            : log.failed("this library failed: " + trouble.getMessage(), now));
            return byWill;
        } catch (RuntimeException e) {
            if (e != trouble) {
                trouble.addSuppressed(e);
            }
            return false;
        }
    }

    /**
     * Reads everything that this run has to read, and returns the remarks, or null. Quarantined items come after the
     * list, so that permanent failures do not block it. Items that are only read again come last.
     */
    private @Nullable String read(PeerSession session) {
        List<String> remarks = new ArrayList<>();
        try {
            readChanges(session, remarks);
            if (scope.isWhole() && list.doubt() == null) {
                forgetRows(session);
            }
            tellUnreadableRows(remarks);
            Set<Guid> settled = scope.isWhole() ? settleWithdrawals(remarks) : Set.of();
            receiveApart(session, reading.undecided(storage.harvest().takeoverCandidates(peer.id()), settled));
            retryBadItems(session, remarks);
            if (rereadSince != null) {
                receiveApart(session, leftToReread(rereadSince, settled));
            } else if (scope.isWhole() && pacing.asksForEach()) {
                readAgain(session, settled, remarks);
            }
            settleMissing(session, remarks);
            if (rereadSince != null) {
                keeping.reread(null);
            }
            inquiry.remark().ifPresent(remarks::add);
            return remarks.isEmpty() ? null : String.join("; ", remarks);
        } finally {
            // Includes the failed requests.
            log = log.progressed(SyncTally.NONE, session.requests());
            pacing.learn(session);
        }
    }

    private void readChanges(PeerSession session, List<String> remarks) {
        boolean last;
        do {
            stop.check();
            ChangePage page = session.changes(cursor);
            list.read(page);
            remarks.addAll(page.remarks());
            pacing.read(page);
            pages++;
            receivePage(session, page);
            cursor = page.next();
            last = page.last();
        } while (!last);
        if (list.hasFailed()) {
            remarks.add(0, list.failure());
            throw new PeerException(PeerTrouble.INCOMPLETE, String.join("; ", remarks), null);
        }
        Optional.ofNullable(list.remark()).ifPresent(remarks::add);
    }

    private void receivePage(PeerSession session, ChangePage page) {
        withdrawals.listed(page.items(), quarantine::isLeftOut);
        Collection<ChangePage.Item> fresh = reading.fresh(quarantine.asKnown(page.items()));
        Map<Guid, AcceptedItem> accepted = storage.harvest().accepted(peer.id(), guids(fresh));
        List<ChangePage.Item> wanted = new ArrayList<>();
        Map<Guid, String> unchanged = new LinkedHashMap<>();
        Set<String> renumbered = new HashSet<>();
        for (ChangePage.Item item : fresh) {
            if (quarantine.isLeftOut(item)) {
                if (scope.isWhole()) {
                    wanted.add(item);
                }
            } else if (!isAsAccepted(item, accepted)
                    || quarantine.isHereOtherwise(item)
                    || quarantine.has(item)
                    || isReadAgain(item)) {
                wanted.add(item);
            } else {
                unchanged.put(item.guid(), item.remoteId());
            }
            if (quarantine.isRenumbered(item)) {
                renumbered.add(item.remoteId());
            }
        }
        pacing.wants(fresh.size(), wanted.size());
        // When the whole list is read, the cursor moves only at the end, because it must not go back.
        boolean moves = list.mayMoveCursor() && (!scope.isWhole() || page.last());
        Cursor next = moves ? page.next() : null;
        receive(session, Inquiry.inOrder(wanted), new Batch.Rest(next, unchanged, Set.of(), renumbered));
    }

    /**
     * Returns whether an item is processed again because the page contains its body, so that no request is needed
     * later.
     */
    private boolean isReadAgain(ChangePage.Item item) {
        return item.body() != null && (rereadSince != null || takeoverCandidates.contains(item.guid()));
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
        Withdrawals.Verdict verdict = withdrawals.verdict(list.doubt());
        withdraw(verdict, remarks);
        Set<Guid> settledNow = new HashSet<>(verdict.allGone());
        settledNow.addAll(verdict.back());
        return settledNow;
    }

    private void withdraw(Withdrawals.Verdict verdict, List<String> remarks) {
        SyncLog settled =
                log.progressed(new SyncTally(0, 0, 0, 0, 0, 0, verdict.gone().size()), log.requests());
        keeping.withdraw(verdict, settled);
        log = settled;
        if (verdict.remark() != null) {
            remarks.add(verdict.remark());
        }
    }

    /** Ends the quarantine of rows that the list no longer shows. Only the whole list proves this. */
    private void forgetRows(PeerSession session) {
        Set<String> rows = reading.notListed(quarantine.rows());
        if (!rows.isEmpty()) {
            keep(session, List.of(), Batch.Rest.mended(rows));
        }
    }

    private void tellUnreadableRows(List<String> remarks) {
        List<String> rows = quarantine.unreadableRows();
        if (!rows.isEmpty()) {
            String named = String.join(", ", rows.subList(0, Math.min(rows.size(), ROWS_NAMED)));
            remarks.add((rows.size() == 1 ? "1 row" : rows.size() + " rows") + " of the list cannot be read ("
                    + named + (rows.size() > ROWS_NAMED ? ", ..." : "")
                    + "); until that is mended, nothing is marked as withdrawn");
        }
    }

    private void retryBadItems(PeerSession session, List<String> remarks) {
        try {
            List<ChangePage.Item> bad = reading.undecided(quarantine.toRetry(), Set.of());
            receiveApart(session, bad.subList(0, Math.min(bad.size(), RunEstimate.BAD_AT_ONCE)));
        } catch (PeerException e) {
            if (e.reason() == PeerTrouble.STOPPED) {
                throw e;
            }
            remarks.add("not all that was bad before could be tried again: " + e.getMessage());
        }
    }

    /**
     * Reads old items again. Existing sites change tags, links and files of a resource without changing its date, so
     * only reading it again shows the change.
     */
    private void readAgain(PeerSession session, Set<Guid> settled, List<String> remarks) {
        Instant now = clock.instant();
        int most = RunEstimate.AGAIN_AT_ONCE + reading.decided() + settled.size();
        List<ChangePage.Item> unread =
                storage.harvest().longestUnread(peer.id(), now.minus(RunEstimate.READ_AGAIN_AFTER), now, most);
        List<ChangePage.Item> items = unreadSoFar(unread, settled);
        List<ChangePage.Item> some = items.subList(0, Math.min(items.size(), RunEstimate.AGAIN_AT_ONCE));
        try {
            receiveApart(session, some);
        } catch (PeerThrottledException e) {
            remarks.add("not all that may have changed without a new date was read again: " + e.getMessage());
        }
    }

    /** Returns the details that are still to be read again, the least recently read first. */
    private List<ChangePage.Item> leftToReread(Instant since, Set<Guid> settled) {
        return unreadSoFar(
                storage.harvest().longestUnread(peer.id(), since, clock.instant(), Integer.MAX_VALUE), settled);
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
    private String throttled(PeerThrottledException reason, Instant now) {
        String why = pacing.throttled(reason, log, now);
        if (rereadSince == null) {
            return why;
        }
        int left = leftToReread(rereadSince, Set.of()).size();
        return why + "; " + Math.max(0, details - left) + " of " + details
                + " read again, later runs go on with the rest";
    }

    /** Receives items that are not on the current page. Some of them may have been listed as unchanged. */
    private void receiveApart(PeerSession session, List<ChangePage.Item> items) {
        pacing.open(items);
        for (int from = 0; from < items.size(); from += FETCH_BATCH) {
            List<ChangePage.Item> batch = items.subList(from, Math.min(items.size(), from + FETCH_BATCH));
            keep(session, batch, Batch.Rest.again(reading.listed(batch)));
        }
    }

    /** Receives the items of a page in batches. The cursor is saved with the last batch, so that no item is missed. */
    private void receive(PeerSession session, List<ChangePage.Item> items, Batch.Rest rest) {
        pacing.open(items);
        int from = 0;
        Batch.Rest left = rest;
        while (items.size() - from > FETCH_BATCH && items.get(from).body() == null) {
            keep(session, items.subList(from, from + FETCH_BATCH), left.withoutCursor());
            left = left.cursorOnly();
            from += FETCH_BATCH;
        }
        keep(session, items.subList(from, items.size()), left);
    }

    private void keep(PeerSession session, List<ChangePage.Item> items, Batch.Rest rest) {
        stop.check();
        Inquiry.Answers answered = inquiry.ask(session, items);
        missing.addAll(answered.missing());
        reading.decide(answered.missing());
        pacing.done(answered.missing());
        PeerException failure = answered.failure();
        if (failure == null) {
            keep(session, answered.batch(rest));
        } else {
            // Saves what was answered before the failure, so that a peer that often fails is still read over several
            // runs.
            keepBecauseOf(failure, session, answered.batch(rest.of(answered.items())));
            throw failure;
        }
    }

    /** Marks items as withdrawn that are absent for the second time. Doubtful items stay quarantined. */
    private void settleMissing(PeerSession session, List<String> remarks) {
        if (!missing.isEmpty()) {
            String doubt = quarantine.unreadableRows().isEmpty()
                    ? list.remark() == null ? null : list.doubt()
                    : "rows of the list cannot be read";
            Withdrawals.Verdict verdict = withdrawals.missing(Set.copyOf(guids(missing)), doubt);
            withdraw(verdict, remarks);
            pacing.open(missing);
            keep(session, Inquiry.notThere(missing, verdict.allGone()).batch(Batch.Rest.again(Set.of())));
        }
    }

    private void keepBecauseOf(PeerException failure, PeerSession session, Batch answered) {
        try {
            RunCancellation.undisturbed(() -> keep(session, answered));
        } catch (RuntimeException trouble) {
            trouble.addSuppressed(failure);
            throw trouble;
        }
    }

    private SyncPlan keep(PeerSession session, Batch batch) {
        log = log.progressed(SyncTally.NONE, session.requests());
        SyncPlan plan = keeping.keep(batch, log);
        log = log.progressed(plan.tally().plus(batch.tally()), session.requests());
        plan.outcomes().stream()
                .filter(outcome -> !outcome.remarks().isEmpty())
                .limit(SyncReport.MAX_REMARKED - remarked.size())
                .forEach(remarked::add);
        reading.decide(batch.items());
        pacing.done(batch.items());
        pacing.learn(session);
        progress = new SyncProgress(peer, log, pages, pacing.total(), pacing.remaining());
        listener.progressed(progress);
        return plan;
    }
}
