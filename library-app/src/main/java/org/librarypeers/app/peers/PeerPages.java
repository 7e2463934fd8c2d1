package org.librarypeers.app.peers;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.LiveUpdates;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.sync.ReviewService;
import org.librarypeers.sync.SyncScope;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.scheduler.SyncScheduler;
import org.librarypeers.sync.storage.QuarantinedItem;
import org.librarypeers.sync.storage.SelectionCounts;

/** The list of peers, and the page of each peer. */
public final class PeerPages {

    private static final int RUNS_SHOWN = 20;
    private static final int QUARANTINED_SHOWN = 30;

    private final SyncService sync;
    private final SyncScheduler schedule;
    private final Clock clock;
    private final LibraryStorage storage;
    private final PeerFacts facts;
    private final PeerViews views;

    PeerPages(LibraryStorage storage, SyncService sync, SyncScheduler schedule, Clock clock, PeerFacts facts) {
        this.facts = facts;
        this.views = new PeerViews(storage, schedule, clock);
        this.sync = sync;
        this.schedule = schedule;
        this.clock = clock;
        this.storage = storage;
    }

    /** Adds all pages about peers and their syncs. */
    public static void add(
            PageRoutes routes,
            LibraryStorage storage,
            SyncService sync,
            SyncScheduler schedule,
            ReviewService review,
            Clock clock,
            PeerFacts facts) {
        LiveUpdates liveUpdates = new LiveUpdates();
        routes.whenStopped(liveUpdates::close);
        PeerPages peers = new PeerPages(storage, sync, schedule, clock, facts);
        // Added before the other routes, because /peers/new would match the path of a peer.
        new PeerForms(storage, sync).routes(routes);
        peers.routes(routes);
        new SelectionPages(storage).routes(routes);
        new SyncPages(storage, sync, schedule, review, clock, peers, liveUpdates).routes(routes);
        new ComparePages(storage, sync, peers).routes(routes);
        new PreviewPages(storage, sync, clock, peers, liveUpdates).routes(routes);
    }

    private void routes(PageRoutes routes) {
        routes.get("/peers", Role.ADMIN, this::list);
        routes.get("/peers/{id}", Role.ADMIN, visit -> with(visit, peer -> show(visit, 200, peer, null, null)));
        routes.get("/peers/{id}/test", Role.ADMIN, visit -> with(visit, peer -> visit.go("/peers/" + peer.id())));
        routes.post("/peers/{id}/test", Role.ADMIN, visit -> with(visit, peer -> test(visit, peer)));
        routes.post("/peers/{id}/active", Role.ADMIN, visit -> with(visit, peer -> setActive(visit, peer)));
        routes.get("/peers/{id}/remove", Role.ADMIN, visit -> with(visit, peer -> beforeRemoval(visit, peer)));
        routes.post("/peers/{id}/remove", Role.ADMIN, visit -> with(visit, peer -> remove(visit, peer)));
    }

    private interface PeerAction {
        void answer(Peer peer);
    }

    private void with(Visit visit, PeerAction page) {
        Optional<Peer> peer = PathParameters.peer(visit, storage);
        if (peer.isPresent()) {
            page.answer(peer.get());
        } else {
            visit.notFound();
        }
    }

    private void list(Visit visit) {
        visit.render("peers/list", Map.of("peers", views.all()));
    }

    /**
     * Shows a peer.
     *
     * @param finding the result of a connection test; null if it is missing
     * @param problem why an action was not done; null if there was none
     */
    void show(Visit visit, int status, Peer peer, @Nullable ConnectionReport finding, @Nullable String problem) {
        SyncLogId before = PathParameters.number(visit.parameter("before"))
                .map(SyncLogId::new)
                .orElse(null);
        // Loads one more than is shown, to detect older runs.
        List<SyncLog> found = storage.syncLogs().recent(peer.id(), before, RUNS_SHOWN + 1);
        List<SyncLog> runs = found.subList(0, Math.min(found.size(), RUNS_SHOWN));
        List<SyncLog> newest = before == null ? runs : storage.syncLogs().recent(peer.id(), 1);
        List<QuarantinedItem> quarantined = storage.harvest().quarantinedItems(peer.id());
        String address = "/peers/" + peer.id();
        Map<String, Object> values = new HashMap<>();
        values.put(
                "peer",
                views.view(
                        peer,
                        newest.isEmpty() ? null : newest.get(0),
                        schedule.next().get(peer.id()),
                        storage.catalogue().origins(),
                        quarantined.size()));
        values.put(
                "runs",
                runs.stream()
                        .map(run -> new RunView(run, null, clock.instant()))
                        .toList());
        values.put("chart", RunChart.of(visit, runs));
        values.put("lately", runs.stream().map(SyncLog::tally).toList());
        values.put("usual", facts.interval());
        values.put(
                "selected",
                peer.selection().takesEverything()
                        ? SelectionCounts.NONE
                        : storage.selections().counts(peer.id()));
        values.put("comparable", sync.reconciliation(peer) == SyncScope.EVERYTHING);
        values.put("left", facts.requestsLeft(peer));
        values.put("newest", before == null ? null : address + "#runs");
        values.put(
                "older",
                found.size() > RUNS_SHOWN
                        ? address + "?before=" + runs.get(RUNS_SHOWN - 1).id() + "#runs"
                        : null);
        showQuarantine(
                values,
                quarantined,
                PathParameters.number(visit.parameter("from")).orElse(0L),
                address);
        if (finding != null) {
            values.put("finding", finding);
        }
        if (problem != null) {
            values.put("problem", problem);
        }
        visit.render(status, "peers/peer", values);
    }

    private void showQuarantine(
            Map<String, Object> values, List<QuarantinedItem> quarantined, long requested, String address) {
        int from = (int) Math.min(requested, quarantined.size());
        int to = Math.min(from + QUARANTINED_SHOWN, quarantined.size());
        List<QuarantinedItem> shown = quarantined.subList(from, to);
        values.put("quarantined", shown);
        // The resources of items that were saved before; they supply the titles.
        values.put(
                "known",
                storage.resources()
                        .find(shown.stream()
                                .flatMap(item -> Optional.ofNullable(item.guid()).stream())
                                .toList()));
        values.put(
                "quarantineBefore",
                from == 0 ? null : address + "?from=" + Math.max(0, from - QUARANTINED_SHOWN) + "#quarantine");
        values.put("quarantineAfter", to == quarantined.size() ? null : address + "?from=" + to + "#quarantine");
    }

    private void test(Visit visit, Peer peer) {
        if (peer.withActive(true).noRequestsReason().isPresent()) {
            show(visit, 409, peer, null, unqueryable(visit, peer));
            return;
        }
        ConnectionReport finding = ConnectionReport.of(visit, sync, peer);
        if (visit.isPartial()) {
            visit.render("peers/tested", Map.of("finding", finding));
        } else {
            show(visit, 200, peer, finding, null);
        }
    }

    /**
     * Returns the peer in the path. If there is no such peer, or no request can be sent to it, tells the visitor so and returns an empty
     * {@code Optional}.
     */
    Optional<Peer> requestable(Visit visit) {
        Peer peer = PathParameters.peer(visit, storage).orElse(null);
        if (peer == null) {
            visit.notFound();
        } else if (!peer.takesRequests()) {
            show(visit, 409, peer, null, unqueryable(visit, peer));
        } else {
            return Optional.of(peer);
        }
        return Optional.empty();
    }

    /** Returns why the peer cannot be synced, and what to do. */
    private static String unqueryable(Visit visit, Peer peer) {
        return visit.say("peers.sync.unqueryable", visit.say("peers.state." + PeerView.state(peer)));
    }

    private void setActive(Visit visit, Peer peer) {
        boolean active = visit.field("active").equals("true");
        // Reads the current state for update, because the peer can change concurrently.
        storage.inTransaction(() -> storage.peers()
                .findForUpdate(peer.id())
                .ifPresent(now -> storage.peers().save(now.withActive(active))));
        visit.go("/peers/" + peer.id(), active ? "peers.activated" : "peers.deactivated", peer.name());
    }

    private void beforeRemoval(Visit visit, Peer peer) {
        PeerView view = views.view(peer, null, null, storage.catalogue().origins(), 0);
        Map<PeerId, Long> taken = storage.harvest().successors(peer.id());
        Map<PeerId, Peer> peers = storage.peers().findIncludingRemoved(taken.keySet());
        List<PeerRemoval.Successor> successors = taken.entrySet().stream()
                .map(its -> new PeerRemoval.Successor(Objects.requireNonNull(peers.get(its.getKey())), its.getValue()))
                .toList();
        long alone = view.total()
                - successors.stream()
                        .mapToLong(PeerRemoval.Successor::resources)
                        .sum();
        PeerRemoval removal = new PeerRemoval(peer, view.total(), view.approved(), successors, Math.max(0, alone));
        visit.render("peers/remove", Map.of("removal", removal));
    }

    private void remove(Visit visit, Peer peer) {
        sync.remove(peer.id());
        visit.go("/peers", "peers.removed", peer.name());
    }
}
