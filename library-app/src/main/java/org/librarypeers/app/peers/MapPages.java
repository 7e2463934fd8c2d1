package org.librarypeers.app.peers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Role;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.catalogue.OriginCount;
import org.librarypeers.sync.storage.PeerRepository;

/** The page with the map of how resources reach this library. */
public final class MapPages {

    /**
     * The maximum number of flows on the map. The makers with the most resources are shown, because a peer can send
     * resources of any number of makers.
     */
    private static final int MOST = 30;

    private final Catalogue catalogue;
    private final PeerRepository peers;

    /** Creates the pages with these services. */
    public MapPages(Catalogue catalogue, PeerRepository peers) {
        this.catalogue = catalogue;
        this.peers = peers;
    }

    /** Adds these pages to the routes. */
    public void routes(PageRoutes routes) {
        routes.get("/map", Role.REVIEWER, this::map);
    }

    private void map(Visit visit) {
        List<OriginCount> origins = catalogue.origins();
        PeerRepository repository = peers;
        // Including removed peers, whose resources are still here.
        Map<PeerId, Peer> sources = repository.findIncludingRemoved(origins.stream()
                .map(OriginCount::source)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet()));
        List<NetworkMap.Flow> flows = new ArrayList<>();
        long madeHere = 0;
        for (OriginCount origin : origins) {
            PeerId source = origin.source();
            if (source == null) {
                madeHere += origin.total();
            } else {
                flows.add(flow(origin, Objects.requireNonNull(sources.get(source))));
            }
        }
        // Peers without resources are part of the network too.
        repository.all().stream()
                .filter(peer -> !sources.containsKey(peer.id()))
                .forEach(peer -> flows.add(through(peer, null, null, 0)));
        flows.sort(Comparator.comparingLong(NetworkMap.Flow::count).reversed());
        List<NetworkMap.Flow> shown = flows.subList(0, Math.min(MOST, flows.size()));
        NetworkMap drawing = NetworkMap.of(
                visit.libraryName(),
                visit.say("map.here", madeHere),
                shown,
                count -> visit.say("map.resources", count));
        visit.render("map/map", Map.of("drawing", drawing, "flows", shown, "more", flows.size() - shown.size()));
    }

    private static NetworkMap.Flow flow(OriginCount origin, Peer peer) {
        boolean itself = peer.access().isAt(String.valueOf(origin.sourceHost()));
        return itself
                ? through(peer, null, null, origin.total())
                : through(peer, origin.sourceHost(), origin.sourceName(), origin.total());
    }

    private static NetworkMap.Flow through(Peer peer, @Nullable String makerHost, @Nullable String maker, long count) {
        return new NetworkMap.Flow(makerHost, maker, peer.id().toString(), peer.name(), count, peer.isQueryable());
    }
}
