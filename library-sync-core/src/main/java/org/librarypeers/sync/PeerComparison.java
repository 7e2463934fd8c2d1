package org.librarypeers.sync;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.sync.peer.PeerSession;
import org.librarypeers.sync.storage.AcceptedItem;
import org.librarypeers.sync.storage.HarvestRepository;

/** Compares what a peer serves with what was last read from it, without a run. */
final class PeerComparison {

    /** The number of resources that are read at a time, to tell what is here. */
    private static final int AT_ONCE = 100;

    private final Peer peer;
    private final SyncParts parts;
    private final HarvestRepository harvest;

    PeerComparison(Peer peer, SyncParts parts) {
        this.peer = peer;
        this.parts = parts;
        this.harvest = parts.storage().harvest();
    }

    /** Returns the result; empty if the peer cannot answer requests for digests. */
    Optional<Comparison> result() {
        Instant asOf = parts.clock().instant();
        try (PeerSession session = opened()) {
            int most = parts.settings().differences();
            return DigestComparison.of(
                            session,
                            peer.address(),
                            (range, consumer) -> harvest.versions(peer.id(), range, consumer),
                            most,
                            () -> {})
                    .map(found -> new Comparison(
                            peer, asOf, found.served(), described(found, most), found.isAll(), session.requests()));
        }
    }

    private PeerSession opened() {
        boolean isKnown = harvest.cursor(peer.id()).isPresent();
        return isKnown ? parts.client().reopen(peer) : parts.client().open(peer);
    }

    private List<Comparison.Difference> described(DigestComparison.Differences found, int most) {
        List<Guid> guids = new ArrayList<>(found.unserved().keySet());
        found.toRead().forEach(row -> guids.add(row.guid()));
        guids.sort(Comparator.naturalOrder());
        Set<Guid> shown = new HashSet<>(guids.subList(0, Math.min(guids.size(), most)));
        Map<Guid, Comparison.Here> here = here(List.copyOf(shown));
        List<Comparison.Difference> differences = new ArrayList<>();
        found.missing()
                .forEach(row -> differences.add(new Comparison.Difference(
                        Comparison.Kind.MISSING,
                        row.guid(),
                        row.remoteId(),
                        row.version(),
                        null,
                        at(here, row.guid()))));
        found.changed()
                .forEach(each -> differences.add(new Comparison.Difference(
                        Comparison.Kind.DIFFERENT,
                        each.row().guid(),
                        each.row().remoteId(),
                        each.row().version(),
                        each.version(),
                        at(here, each.row().guid()))));
        found.unserved()
                .forEach((guid, version) -> differences.add(new Comparison.Difference(
                        Comparison.Kind.NOT_SERVED, guid, null, null, version, at(here, guid))));
        return differences.stream()
                .filter(each -> shown.contains(each.guid()))
                .sorted(Comparator.comparing(Comparison.Difference::guid))
                .toList();
    }

    private static Comparison.Here at(Map<Guid, Comparison.Here> here, Guid guid) {
        return here.getOrDefault(guid, Comparison.Here.NOTHING);
    }

    private Map<Guid, Comparison.Here> here(List<Guid> guids) {
        Map<Guid, Comparison.Here> here = new HashMap<>();
        Map<Guid, AcceptedItem> accepted = harvest.accepted(peer.id(), guids);
        Set<Guid> leftOut = accepted.entrySet().stream()
                .filter(item -> item.getValue().leftOut())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        leftOut.forEach(guid -> here.put(guid, Comparison.Here.LEFT_OUT));
        for (int from = 0; from < guids.size(); from += AT_ONCE) {
            parts.storage()
                    .resources()
                    .find(guids.subList(from, Math.min(guids.size(), from + AT_ONCE)))
                    .forEach((guid, resource) -> here.put(guid, of(resource)));
        }
        return here;
    }

    private Comparison.Here of(Resource resource) {
        if (resource.origin() instanceof Origin.FromPeer source) {
            return source.peer().equals(peer.id()) ? Comparison.Here.FOLLOWED : Comparison.Here.OTHER_SOURCE;
        }
        return Comparison.Here.LOCAL;
    }
}
