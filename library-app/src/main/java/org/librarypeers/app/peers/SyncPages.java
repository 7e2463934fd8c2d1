package org.librarypeers.app.peers;

import io.javalin.http.sse.SseClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.librarypeers.app.audit.AuditAction;
import org.librarypeers.app.audit.AuditTrail;
import org.librarypeers.app.audit.AuditTrail.Note;
import org.librarypeers.app.web.LiveUpdates;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Outcome;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.sync.ReviewService;
import org.librarypeers.sync.SyncProgress;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.scheduler.RunProgress;
import org.librarypeers.sync.scheduler.RunStart;
import org.librarypeers.sync.scheduler.SyncScheduler;
import org.librarypeers.sync.storage.InboxFilter;
import org.librarypeers.sync.storage.RunItem;
import org.librarypeers.sync.storage.Slice;
import org.librarypeers.sync.storage.Source;

/** The pages on which syncs are started, followed and cancelled, and on which their results are shown. */
final class SyncPages {

    /** The maximum duration of an event stream. Browsers then reconnect, and their access is checked again. */
    private static final Duration WATCHED_FOR = Duration.ofMinutes(1);

    private static final int SHOWN = 50;

    private final SyncService sync;
    private final SyncScheduler schedule;
    private final ReviewService review;
    private final Clock clock;
    private final LibraryStorage storage;
    private final PeerPages peers;
    private final LiveUpdates liveUpdates;
    private final AuditTrail trail;

    SyncPages(
            LibraryStorage storage,
            SyncService sync,
            SyncScheduler schedule,
            ReviewService review,
            Clock clock,
            PeerPages peers,
            LiveUpdates liveUpdates) {
        this.sync = sync;
        this.schedule = schedule;
        this.review = review;
        this.clock = clock;
        this.storage = storage;
        this.peers = peers;
        this.liveUpdates = liveUpdates;
        this.trail = new AuditTrail(storage, clock);
    }

    void routes(PageRoutes routes) {
        routes.post("/peers/{id}/sync", Role.ADMIN, this::sync);
        routes.get("/peers/{id}/runs/{run}", Role.ADMIN, this::run);
        routes.events("/peers/{id}/runs/{run}/events", Role.ADMIN, this::events);
        routes.post("/peers/{id}/runs/{run}/cancel", Role.ADMIN, this::cancel);
    }

    private void sync(Visit visit) {
        Peer peer = peers.requestable(visit).orElse(null);
        if (peer == null) {
            return;
        }
        RunStart start =
                schedule.runNow(peer, RequestedScope.of(visit.field("scope")).scope(sync, peer));
        if (start instanceof RunStart.Started started) {
            visit.go(address(started.run()));
        } else if (start instanceof RunStart.Busy) {
            busy(visit, peer);
        } else {
            peers.show(visit, 409, peer, null, visit.say("peers.sync.full"));
        }
    }

    private void busy(Visit visit, Peer peer) {
        Optional<SyncLog> running =
                schedule.progress(peer.id()).map(RunProgress::run).filter(run -> run.status() == SyncStatus.RUNNING);
        if (running.isPresent()) {
            visit.go(address(running.get()), "peers.sync.busy");
        } else {
            peers.show(visit, 409, peer, null, visit.say("peers.sync.busy.unseen"));
        }
    }

    private static String address(SyncLog run) {
        return "/peers/" + run.peer() + "/runs/" + run.id();
    }

    private void run(Visit visit) {
        Peer peer = PathParameters.peerIncludingRemoved(visit, storage).orElse(null);
        SyncLog log = PathParameters.run(visit, storage).orElse(null);
        if (peer == null || log == null) {
            visit.notFound();
            return;
        }
        RunView run = view(log);
        Map<String, Object> values = new HashMap<>();
        values.put("peer", peer);
        values.put("removed", storage.peers().find(peer.id()).isEmpty());
        values.put("run", run);
        if (!run.isRunning()) {
            values.put("part", part(visit, run));
            values.put("why", ConnectionReport.of(visit, peer, log));
            values.put("waiting", waiting(peer.id()));
        }
        visit.render("peers/run", values);
    }

    private RunView view(SyncLog log) {
        Instant now = clock.instant();
        SyncProgress live = sync.progress(log.peer())
                .filter(progress -> progress.run().id().equals(log.id()))
                .orElse(null);
        return live != null && log.status() == SyncStatus.RUNNING
                ? new RunView(live.run(), live, now)
                : new RunView(log, null, now);
    }

    private RunPart part(Visit visit, RunView run) {
        boolean remarked = visit.parameter("outcome").equals(RunPart.REMARKED);
        Outcome.Kind kind = Outcome.Kind.ofWord(visit.parameter("outcome")).orElseGet(run::foremost);
        String name = remarked ? RunPart.REMARKED : kind.word();
        String from = visit.parameter("from");
        int offset = from.matches("\\d{1,8}") ? Integer.parseInt(from) : 0;
        Slice<RunItem> items = remarked
                ? storage.syncLogs().remarked(run.log().id(), offset, SHOWN)
                : storage.syncLogs().outcomes(run.log().id(), kind, offset, SHOWN);
        String address = run.address(name) + "&from=";
        return new RunPart(
                name,
                items,
                offset == 0 ? null : address + Math.max(0, offset - SHOWN),
                items.last() ? null : address + (offset + SHOWN));
    }

    private long waiting(PeerId peer) {
        InboxFilter ofPeer = new InboxFilter(new Source.Followed(peer), null, null);
        return review.inboxCounts(ofPeer).getOrDefault(InboxFilter.Kind.PENDING, 0L);
    }

    private void events(Visit visit, SseClient client) {
        Optional<SyncLog> requested = PathParameters.run(visit, storage);
        if (requested.isEmpty()) {
            client.close();
            return;
        }
        liveUpdates.subscribe(client, WATCHED_FOR, () -> update(visit, requested.get()), () -> {});
    }

    private LiveUpdates.Update update(Visit visit, SyncLog requested) {
        RunView run = view(requested);
        if (run.live() == null) {
            run = view(storage.syncLogs().find(requested.id()).orElse(requested));
        }
        return new LiveUpdates.Update(visit.page("peers/progress", Map.of("run", run)), !run.isRunning());
    }

    private static Note cancelled(Peer peer, SyncLog log) {
        return new Note(
                AuditAction.SYNC_CANCELLED,
                AuditTrail.subject(peer),
                Map.of("run", log.id().toString()));
    }

    private void cancel(Visit visit) {
        SyncLog log = PathParameters.run(visit, storage).orElse(null);
        if (log == null) {
            visit.notFound();
            return;
        }
        // Cancels by the id of the run, because another run of the peer may have started in the meantime.
        boolean cancelled = sync.cancel(
                log.id(),
                visit.signedIn().name(),
                () -> storage.peers().find(log.peer()).ifPresent(peer -> trail.record(cancelled(peer, log))));
        visit.go(address(log), cancelled ? "peers.run.cancelled" : "peers.run.over");
    }
}
