package org.librarypeers.sync;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Delivery;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Received;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.sync.port.BadItem;
import org.librarypeers.sync.port.ChangePage;
import org.librarypeers.sync.port.Fetched;
import org.librarypeers.sync.port.HarvestProgress;
import org.librarypeers.sync.port.LeaseLostException;
import org.librarypeers.sync.port.PeerClient;
import org.librarypeers.sync.port.PeerException;
import org.librarypeers.sync.port.PeerLease;
import org.librarypeers.sync.port.PeerSession;
import org.librarypeers.sync.port.PeerThrottledException;
import org.librarypeers.sync.port.StaleResourceException;
import org.librarypeers.sync.port.Storage;

/**
 * One run for one peer, from claim to log entry; for one thread, once. Without a lease it is a preview: it reads and decides
 * the same, and saves nothing.
 */
final class SyncRun {

    /** Bodies that are fetched one by one are committed in batches of so many, so that little is fetched in vain. */
    private static final int FETCH_BATCH = 50;

    private static final int SAVE_ATTEMPTS = 5;
    private static final SyncLogId PREVIEW = new SyncLogId(Long.MAX_VALUE);

    private final Peer peer;
    private final SyncScope scope;
    private final PeerClient client;
    private final Storage storage;
    private final Clock clock;
    private final SyncListener listener;
    private final @Nullable PeerLease lease;

    /** What earlier runs found bad, by remote id. */
    private final Map<String, BadItem> bad = new LinkedHashMap<>();

    /** The remote ids of what is bad now, as far as this run has come. */
    private final Set<String> quarantined = new HashSet<>();

    private final Map<String, String> seen = new HashMap<>();
    private final Withdrawals withdrawals;
    /** In a preview, what the run would have saved by now. */
    private final Map<Guid, Resource> previewed = new HashMap<>();

    private @Nullable Cursor cursor;
    private SyncLog log;
    private int knownBad;
    private int total = -1;

    SyncRun(
            Peer peer,
            SyncScope scope,
            PeerClient client,
            Storage storage,
            Clock clock,
            SyncListener listener,
            @Nullable PeerLease lease) {
        this.peer = peer;
        this.scope = scope;
        this.client = client;
        this.storage = storage;
        this.clock = clock;
        this.listener = listener;
        this.lease = lease;
        this.withdrawals = new Withdrawals(peer.id(), storage.harvest(), scope == SyncScope.EVERYTHING);
        this.cursor = scope == SyncScope.EVERYTHING
                ? null
                : storage.harvest().cursor(peer.id()).orElse(null);
        SyncLogId id = lease == null ? PREVIEW : storage.syncLogs().nextId();
        this.log = SyncLog.start(id, peer.id(), cursor, clock.instant());
    }

    SyncReport execute() {
        begin();
        try (PeerSession session = client.open(peer)) {
            String remark = read(session);
            log = log.completed(knownBad, remark, clock.instant());
        } catch (PeerThrottledException e) {
            log = log.throttled(e.until(), e.getMessage(), clock.instant());
        } catch (PeerException e) {
            log = log.failed(e.getMessage(), clock.instant());
        } catch (LeaseLostException e) {
            log = log.interrupted(e.getMessage(), clock.instant());
            return report();
        } catch (RuntimeException | Error e) {
            endBecauseOf(e);
            throw e;
        }
        if (lease != null) {
            storage.syncLogs().save(log);
        }
        return report();
    }

    /** Reads all that there is to read; returns what there is to say about it. */
    private @Nullable String read(PeerSession session) {
        try {
            readChanges(session);
            String withdrawals = scope == SyncScope.EVERYTHING ? settleWithdrawals() : null;
            String retries = retryBadItems(session);
            if (withdrawals == null || retries == null) {
                return withdrawals == null ? retries : withdrawals;
            }
            return withdrawals + "; " + retries;
        } finally {
            // Those that led to nothing count too.
            log = log.progressed(SyncTally.NONE, session.requests());
        }
    }

    private SyncReport report() {
        return new SyncReport(peer, log, lease == null);
    }

    /** Holding the lease, we know that whoever left a log entry running does not run any more. */
    private void begin() {
        if (lease != null) {
            storage.inTransaction(() -> {
                for (SyncLog left : storage.syncLogs().running(peer.id())) {
                    storage.syncLogs()
                            .save(left.interrupted(
                                    "it was stopped in the middle; run " + log.id() + " goes on from there",
                                    clock.instant()));
                }
                storage.syncLogs().save(log);
            });
        }
        storage.harvest().badItems(peer.id()).forEach(item -> bad.put(item.remoteId(), item));
        quarantined.addAll(bad.keySet());
    }

    /** Our own trouble: the caller gets the exception, and the log, if it still can be written, the reason. */
    private void endBecauseOf(Throwable trouble) {
        if (lease == null) {
            return;
        }
        try {
            storage.syncLogs().save(log.failed("this library failed: " + trouble.getMessage(), clock.instant()));
        } catch (RuntimeException e) {
            trouble.addSuppressed(e);
        }
    }

    /** Last, since what is bad for good must not keep the rest away; returns why, if it could not be done. */
    private @Nullable String retryBadItems(PeerSession session) {
        List<ChangePage.Item> items = new ArrayList<>();
        for (BadItem item : bad.values()) {
            if (quarantined.contains(item.remoteId()) && seen.put(item.remoteId(), item.version()) == null) {
                items.add(new ChangePage.Item(item.remoteId(), item.guid(), item.version(), null));
            }
        }
        if (items.isEmpty()) {
            return null;
        }
        try {
            receive(session, items, SyncTally.NONE, null);
            return null;
        } catch (PeerThrottledException e) {
            throw e;
        } catch (PeerException e) {
            return "not all that was bad before could be tried again: " + e.getMessage();
        }
    }

    private void readChanges(PeerSession session) {
        boolean last;
        do {
            ChangePage page = session.changes(cursor);
            total = Math.max(total, page.total());
            receivePage(session, page);
            cursor = page.next();
            last = page.last();
        } while (!last);
    }

    /** Marks what the peer offers no longer; returns what there is to say about it. */
    private @Nullable String settleWithdrawals() {
        Withdrawals.Verdict verdict = withdrawals.verdict();
        SyncLog settled =
                log.progressed(new SyncTally(0, 0, 0, 0, 0, 0, verdict.gone().size()), log.requests());
        if (lease != null) {
            PeerLease held = lease;
            storage.inTransaction(() -> {
                storage.harvest().withdraw(held, verdict.gone(), verdict.back(), clock.instant());
                storage.syncLogs().save(settled);
            });
        }
        log = settled;
        return verdict.remark();
    }

    private void receivePage(PeerSession session, ChangePage page) {
        withdrawals.listed(page.items());
        Collection<ChangePage.Item> fresh = notSeen(page.items());
        Map<Guid, String> taken = storage.harvest().versionsTaken(peer.id(), guids(fresh));
        List<ChangePage.Item> wanted = new ArrayList<>();
        for (ChangePage.Item item : fresh) {
            if (item.guid() == null || !item.version().equals(taken.get(item.guid()))) {
                wanted.add(item);
            }
        }
        SyncTally unchanged = SyncTally.NONE.plusUnchanged(fresh.size() - wanted.size());
        // Reading everything, the cursor stands still until the end: it must not go back.
        Cursor next = scope == SyncScope.EVERYTHING && !page.last() ? null : page.next();
        receive(session, wanted, unchanged, next);
    }

    /** The items that this run did not have in this version; of those that name one resource twice, the later. */
    private Collection<ChangePage.Item> notSeen(List<ChangePage.Item> items) {
        Map<Object, ChangePage.Item> fresh = new LinkedHashMap<>();
        for (ChangePage.Item item : items) {
            if (!item.version().equals(seen.put(item.remoteId(), item.version()))) {
                Object key = item.guid() == null ? item.remoteId() : item.guid();
                fresh.remove(key);
                fresh.put(key, item);
            }
        }
        return fresh.values();
    }

    private static List<Guid> guids(Collection<ChangePage.Item> items) {
        return items.stream()
                .map(ChangePage.Item::guid)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Takes the items batch by batch; the cursor moves with the last, so that nothing before it is passed over. */
    private void receive(PeerSession session, List<ChangePage.Item> items, SyncTally already, @Nullable Cursor next) {
        SyncTally tally = already;
        int from = 0;
        while (items.size() - from > FETCH_BATCH && items.get(from).body() == null) {
            List<ChangePage.Item> batch = items.subList(from, from + FETCH_BATCH);
            commit(session, batch, session.fetch(batch), tally, null);
            tally = SyncTally.NONE;
            from += FETCH_BATCH;
        }
        List<ChangePage.Item> rest = items.subList(from, items.size());
        List<Fetched> answers = rest.isEmpty() ? List.of() : session.fetch(rest);
        commit(session, rest, answers, tally, next);
    }

    private void commit(
            PeerSession session,
            List<ChangePage.Item> items,
            List<Fetched> answers,
            SyncTally already,
            @Nullable Cursor next) {
        SyncPlan plan;
        if (lease == null) {
            plan = preview(items, answers);
        } else {
            Saved saved = save(lease, session, items, answers, already, next);
            quarantined.removeAll(saved.progress().mended());
            saved.progress().bad().forEach(item -> quarantined.add(item.remoteId()));
            plan = saved.plan();
        }
        knownBad += (int) plan.decisions().stream()
                .filter(decision -> decision.received() instanceof Received.Invalid)
                .filter(decision -> bad.containsKey(decision.item().remoteId()))
                .count();
        log = log.progressed(plan.tally().plus(already), session.requests());
        listener.progressed(new SyncProgress(peer, log.tally(), log.requests(), total));
    }

    private SyncPlan preview(List<ChangePage.Item> items, List<Fetched> answers) {
        List<Guid> guids = guidsOf(answers);
        Map<Guid, Resource> known = new HashMap<>(storage.resources().find(guids));
        guids.stream().filter(previewed::containsKey).forEach(guid -> known.put(guid, previewed.get(guid)));
        SyncPlan plan = decide(items, answers, known);
        plan.changed().forEach(resource -> previewed.put(resource.guid(), resource));
        return plan;
    }

    private record Saved(SyncPlan plan, HarvestProgress progress) {}

    private Saved save(
            PeerLease held,
            PeerSession session,
            List<ChangePage.Item> items,
            List<Fetched> answers,
            SyncTally already,
            @Nullable Cursor next) {
        for (int attempt = 1; ; attempt++) {
            try {
                return storage.inTransaction(() -> {
                    SyncPlan plan = decide(items, answers, storage.resources().findForUpdate(guidsOf(answers)));
                    storage.resources().save(plan.changed());
                    HarvestProgress progress = Bookkeeping.of(plan, items, bad, quarantined, next, clock.instant());
                    storage.harvest().commit(held, progress);
                    storage.syncLogs().save(log.progressed(plan.tally().plus(already), session.requests()));
                    return new Saved(plan, progress);
                });
            } catch (StaleResourceException e) {
                // Another run brought one of these resources between our look and our save: look again.
                if (attempt == SAVE_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private SyncPlan decide(List<ChangePage.Item> items, List<Fetched> answers, Map<Guid, Resource> known) {
        return SyncPlan.of(items, answers, known, new Delivery(peer, log.id(), clock.instant()));
    }

    private static List<Guid> guidsOf(List<Fetched> answers) {
        return answers.stream()
                .filter(Fetched.Body.class::isInstance)
                .map(answer -> ((Fetched.Body) answer).resource().guid())
                .toList();
    }
}
