package org.librarypeers.app.peers;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.sync.catalogue.OriginCount;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.scheduler.SyncScheduler;

/** The peers as pages show them. Thread-safe. */
public final class PeerViews {

    private final LibraryStorage storage;
    private final SyncScheduler schedule;
    private final Clock clock;

    /** Creates the views on a storage and its schedule. */
    public PeerViews(LibraryStorage storage, SyncScheduler schedule, Clock clock) {
        this.storage = storage;
        this.schedule = schedule;
        this.clock = clock;
    }

    /** Returns all peers, ordered by id. */
    public List<PeerView> all() {
        return all(storage.catalogue().origins());
    }

    /** Returns all peers, ordered by id, without their resources: all views have none. Nothing is read about each resource. */
    public List<PeerView> states() {
        return all(List.of());
    }

    private List<PeerView> all(List<OriginCount> origins) {
        Map<PeerId, SyncLog> latest = storage.syncLogs().latest();
        Map<PeerId, Instant> next = schedule.next();
        Map<PeerId, Long> quarantined = storage.harvest().quarantinedCounts();
        return storage.peers().all().stream()
                .map(peer -> view(
                        peer,
                        latest.get(peer.id()),
                        next.get(peer.id()),
                        origins,
                        quarantined.getOrDefault(peer.id(), 0L)))
                .toList();
    }

    PeerView view(
            Peer peer, @Nullable SyncLog last, @Nullable Instant next, List<OriginCount> origins, long quarantined) {
        List<OriginCount> followed = origins.stream()
                .filter(origin -> peer.id().equals(origin.source()))
                .toList();
        return new PeerView(
                peer,
                last,
                next != null && next.isAfter(clock.instant()) ? next : null,
                schedule.isStarted(),
                followed.stream().mapToLong(OriginCount::approved).sum(),
                followed.stream().mapToLong(OriginCount::total).sum(),
                quarantined);
    }
}
