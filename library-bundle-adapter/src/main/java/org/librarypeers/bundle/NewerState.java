package org.librarypeers.bundle;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.QuarantineReason;
import org.librarypeers.sync.bundles.EarlyDeletionRepository;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.storage.AcceptedItem;
import org.librarypeers.sync.storage.HarvestRepository;

/** The versions that were accepted of a peer, which may be newer than those of a bundle that is read late. */
record NewerState(PeerId peer, HarvestRepository harvest, EarlyDeletionRepository early, BundleDocuments documents) {

    private static final Fetched OUTDATED = new Fetched.Unreadable(
            QuarantineReason.Kind.NOT_THERE,
            "a version that could not be saved is newer than the one in this bundle; read a newer bundle");

    /**
     * Replaces items of which a newer version was accepted by that version without a body, so that they count as unchanged, and those of which
     * a newer version is quarantined by that version, so that it stays quarantined.
     */
    List<ChangePage.Item> withoutOutdated(List<ChangePage.Item> items) {
        Map<Guid, AcceptedItem> accepted = accepted(guids(items));
        Map<String, String> quarantined = new HashMap<>();
        harvest.quarantinedItems(peer).forEach(item -> quarantined.put(item.remoteId(), item.version()));
        return items.stream()
                .map(item -> current(item, accepted))
                .map(item -> failed(item, quarantined.get(item.remoteId())))
                .toList();
    }

    /** Returns the answer for a requested version: the body of the item, unless the item is older. */
    Fetched answer(ChangePage.Item item, String requested) {
        Fetched body = item.body();
        return body == null || documents.isOlder(item.version(), requested) ? OUTDATED : body;
    }

    /** Returns the items of resources that the peer is known to offer: they were accepted before and are not withdrawn. */
    List<ChangePage.Item> offered(List<ChangePage.Item> items) {
        Set<Guid> offered = new HashSet<>(accepted(guids(items)).keySet());
        offered.removeAll(harvest.withdrawn(peer));
        return items.stream()
                .filter(item -> item.guid() == null || offered.contains(item.guid()))
                .toList();
    }

    /**
     * Returns the items without those that the peer is not known to offer and whose deletion was remembered.
     *
     * @param upTo the feed position at which the bundle ends; what was deleted before it, the bundle lists because it is served again
     */
    List<ChangePage.Item> withoutDeletedSince(List<ChangePage.Item> items, long upTo) {
        Set<Guid> deleted = new HashSet<>();
        early.positions(peer, guids(items)).forEach((guid, position) -> {
            if (position > upTo) {
                deleted.add(guid);
            }
        });
        if (deleted.isEmpty()) {
            return items;
        }
        Set<ChangePage.Item> offered = Set.copyOf(offered(items));
        return items.stream()
                .filter(item -> item.guid() == null || !deleted.contains(item.guid()) || offered.contains(item))
                .toList();
    }

    private static Set<Guid> guids(List<ChangePage.Item> items) {
        return items.stream()
                .map(ChangePage.Item::guid)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private Map<Guid, AcceptedItem> accepted(Set<Guid> guids) {
        return guids.isEmpty() ? Map.of() : harvest.accepted(peer, guids);
    }

    private ChangePage.Item current(ChangePage.Item item, Map<Guid, AcceptedItem> accepted) {
        AcceptedItem before = item.guid() == null ? null : accepted.get(item.guid());
        return before != null && documents.isOlder(item.version(), before.version())
                ? new ChangePage.Item(before.remoteId(), item.guid(), before.version(), null)
                : item;
    }

    private ChangePage.Item failed(ChangePage.Item item, @Nullable String quarantined) {
        return quarantined != null && documents.isOlder(item.version(), quarantined)
                ? new ChangePage.Item(item.remoteId(), item.guid(), quarantined, OUTDATED)
                : item;
    }

    /**
     * Returns the deleted resources without those of which a version was accepted that is newer than the deletion: the library serves
     * them again.
     *
     * @param deletions when each resource was no longer served
     */
    Set<Guid> withoutRestored(Map<Guid, String> deletions) {
        Map<Guid, String> last = new HashMap<>(deletions);
        accepted(deletions.keySet())
                .forEach((guid, item) ->
                        last.computeIfPresent(guid, (same, at) -> documents.isOlder(at, item.version()) ? null : at));
        return Set.copyOf(last.keySet());
    }

    /**
     * Returns whether a resource that the bundle lacks was accepted in a version that is newer than the whole bundle. It may have come
     * with another bundle, which did not move the cursor.
     *
     * @param told the resources that the bundle lists or says to be deleted
     * @param newest the newest time in the bundle; null if it is empty
     */
    boolean hasNewer(Set<Guid> told, @Nullable Instant newest) {
        Set<Guid> absent = new HashSet<>(harvest.offered(peer));
        absent.addAll(harvest.alsoOffered(peer));
        absent.removeAll(told);
        return accepted(absent).values().stream()
                .anyMatch(item -> newest == null || documents.isOlder(newest.toString(), item.version()));
    }
}
