package org.librarypeers.app.peers;

import io.javalin.http.sse.SseClient;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.LiveUpdates;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Role;
import org.librarypeers.sync.DaemonThreads;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncProgress;
import org.librarypeers.sync.SyncReport;
import org.librarypeers.sync.SyncScope;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.storage.SyncStorage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pages that preview a sync. A preview runs only as long as its request. Without scripts, this is the form submission. With
 * scripts, it is an event stream that the response to the form opens. No state is kept between requests.
 */
final class PreviewPages {

    private static final Logger LOG = LoggerFactory.getLogger(PreviewPages.class);
    private static final int MAX_CONCURRENT = 3;
    private static final Duration MAX_DURATION = Duration.ofHours(6);

    private final SyncStorage storage;
    private final SyncService sync;
    private final Clock clock;
    private final PeerPages peers;
    private final LiveUpdates liveUpdates;
    private final Semaphore room = new Semaphore(MAX_CONCURRENT);

    /** Platform threads, because interrupting a virtual thread closes the database connection that it reads from. */
    private final ExecutorService threads = Executors.newCachedThreadPool(DaemonThreads.named("preview"));

    PreviewPages(SyncStorage storage, SyncService sync, Clock clock, PeerPages peers, LiveUpdates liveUpdates) {
        this.storage = storage;
        this.sync = sync;
        this.clock = clock;
        this.peers = peers;
        this.liveUpdates = liveUpdates;
    }

    void routes(PageRoutes routes) {
        routes.get("/peers/{id}/preview", Role.ADMIN, visit -> begin(visit, false));
        routes.post("/peers/{id}/preview", Role.ADMIN, visit -> begin(visit, true));
        routes.events("/peers/{id}/preview/events", Role.ADMIN, this::events);
        routes.whenStopped(threads::shutdownNow);
    }

    private void begin(Visit visit, boolean sent) {
        Peer peer = peers.requestable(visit).orElse(null);
        if (peer == null) {
            return;
        }
        if (!sent) {
            show(visit, 200, peer, null, null);
        } else if (visit.isPartial()) {
            visit.render("peers/previewing", Map.of("peer", peer, "scope", RequestedScope.of(visit.field("scope"))));
        } else if (room.tryAcquire()) {
            try {
                SyncScope scope = RequestedScope.of(visit.field("scope")).scope(sync, peer);
                show(visit, 200, peer, sync.preview(peer, scope, SyncListener.NONE), null);
            } finally {
                room.release();
            }
        } else {
            show(visit, 409, peer, null, visit.say("peers.preview.full"));
        }
    }

    private void show(Visit visit, int status, Peer peer, @Nullable SyncReport report, @Nullable String problem) {
        Map<String, Object> values = new HashMap<>();
        values.put("peer", peer);
        values.put("scope", RequestedScope.of(visit.field("scope")));
        values.put("offered", RequestedScope.offered(sync.reconciliation(peer) == SyncScope.EVERYTHING));
        if (report != null) {
            values.put("report", report);
        }
        if (problem != null) {
            values.put("problem", problem);
        }
        visit.render(status, "peers/preview", values);
    }

    private void events(Visit visit, SseClient client) {
        Optional<Peer> peer = PathParameters.peer(visit, storage).filter(Peer::takesRequests);
        if (peer.isEmpty()) {
            client.close();
        } else if (visit.ctx().header("Last-Event-ID") != null) {
            // The browser reconnected automatically, but its preview has ended. The user must start another one.
            sendProblem(visit, client, "peers.preview.broken");
        } else if (!room.tryAcquire()) {
            sendProblem(visit, client, "peers.preview.full");
        } else {
            Preview preview = new Preview(peer.get(), RequestedScope.of(visit.parameter("scope")));
            threads.execute(preview);
            liveUpdates.subscribe(client, MAX_DURATION, () -> update(visit, preview), preview::leave);
        }
    }

    private void sendProblem(Visit visit, SseClient client, String problem) {
        String html = visit.page("peers/previewed", Map.of("problem", visit.say(problem)));
        liveUpdates.subscribe(client, MAX_DURATION, () -> new LiveUpdates.Update(html, true), () -> {});
    }

    private LiveUpdates.Update update(Visit visit, Preview preview) {
        SyncReport report = preview.report;
        if (report != null) {
            return new LiveUpdates.Update(
                    visit.page("peers/previewed", Map.of("report", report, "scope", preview.scope)), true);
        } else if (preview.failed) {
            String problem = visit.say("peers.preview.broken");
            return new LiveUpdates.Update(visit.page("peers/previewed", Map.of("problem", problem)), true);
        }
        SyncProgress progress = preview.progress;
        if (progress == null) {
            return new LiveUpdates.Update("<progress></progress>", false);
        }
        RunView run = new RunView(progress.run(), progress, clock.instant());
        return new LiveUpdates.Update(visit.page("peers/progress", Map.of("run", run)), false);
    }

    /** A preview that runs for an event stream. */
    private final class Preview implements Runnable, SyncListener {
        private final Peer peer;
        private final RequestedScope scope;
        private @Nullable Thread thread;
        private volatile boolean left;
        private volatile @Nullable SyncProgress progress;
        private volatile @Nullable SyncReport report;
        private volatile boolean failed;

        Preview(Peer peer, RequestedScope scope) {
            this.peer = peer;
            this.scope = scope;
        }

        @Override
        public void run() {
            try {
                begin();
                report = sync.preview(peer, scope.scope(sync, peer), this);
            } catch (RuntimeException e) {
                failed = true;
                if (!left) {
                    LOG.warn("A preview of peer {} failed: {}", peer, String.valueOf(e.getMessage()));
                }
            } finally {
                end();
                room.release();
            }
        }

        private synchronized void begin() {
            thread = Thread.currentThread();
            if (left) {
                throw new CancellationException("the client has disconnected");
            }
        }

        private synchronized void end() {
            thread = null;
            // Clears an interrupt for this preview, so that it does not affect the next task on this thread.
            Thread.interrupted();
        }

        @Override
        public void progressed(SyncProgress now) {
            progress = now;
        }

        /** Cancels the preview when its client has disconnected. */
        synchronized void leave() {
            left = true;
            if (thread != null) {
                thread.interrupt();
            }
        }
    }
}
