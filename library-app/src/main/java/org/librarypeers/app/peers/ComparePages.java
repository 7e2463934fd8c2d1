package org.librarypeers.app.peers;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Role;
import org.librarypeers.sync.Comparison;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.storage.SyncStorage;

/** The page that compares what a peer serves with what was last read from it. It changes nothing and keeps no state. */
final class ComparePages {

    /** The number of differences of each kind on the page. */
    private static final int SHOWN = 25;

    private static final int MAX_CONCURRENT = 2;

    private final SyncStorage storage;
    private final SyncService sync;
    private final PeerPages peers;
    private final Semaphore room = new Semaphore(MAX_CONCURRENT);

    ComparePages(SyncStorage storage, SyncService sync, PeerPages peers) {
        this.storage = storage;
        this.sync = sync;
        this.peers = peers;
    }

    void routes(PageRoutes routes) {
        routes.get("/peers/{id}/compare", Role.ADMIN, this::answer);
    }

    private void answer(Visit visit) {
        Peer peer = peers.requestable(visit).orElse(null);
        if (peer == null) {
            return;
        }
        if (visit.parameter("now").isEmpty()) {
            show(visit, 200, peer, null, null);
        } else if (room.tryAcquire()) {
            try {
                compare(visit, peer);
            } finally {
                room.release();
            }
        } else {
            show(visit, 409, peer, null, visit.say("peers.compare.full"));
        }
    }

    private void compare(Visit visit, Peer peer) {
        try {
            Optional<Comparison> comparison = sync.compare(peer);
            String problem = comparison.isPresent() ? null : visit.say("peers.compare.unable");
            show(visit, 200, peer, comparison.orElse(null), problem);
        } catch (PeerException e) {
            show(visit, 200, peer, null, visit.say("peers.compare.failed", String.valueOf(e.getMessage())));
        }
    }

    private void show(Visit visit, int status, Peer peer, @Nullable Comparison comparison, @Nullable String problem) {
        Map<String, Object> values = new HashMap<>();
        values.put("peer", peer);
        if (comparison != null) {
            List<ComparisonGroup> groups = ComparisonGroup.of(comparison, SHOWN);
            values.put("comparison", comparison);
            values.put("groups", groups);
            values.put("here", here(groups));
        }
        if (problem != null) {
            values.put("problem", problem);
        }
        visit.render(status, "peers/compare", values);
    }

    /** Returns the resources that are here, of those that are shown. */
    private Map<Guid, Resource> here(List<ComparisonGroup> groups) {
        return storage.resources()
                .find(groups.stream()
                        .flatMap(group -> group.shown().stream())
                        .map(Comparison.Difference::guid)
                        .collect(Collectors.toSet()));
    }
}
