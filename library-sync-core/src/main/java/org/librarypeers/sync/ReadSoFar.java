package org.librarypeers.sync;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.librarypeers.domain.Guid;
import org.librarypeers.sync.peer.ChangePage;

/** What a run has read of a peer so far. */
final class ReadSoFar {

    /** What the list showed, by remote id, with its version. */
    private final Map<String, String> listed = new HashMap<>();

    /** The remote ids of what was decided on. */
    private final Set<String> decided = new HashSet<>();

    /** The items that this run did not have in this version; of those that have one remote id, the later. */
    Collection<ChangePage.Item> fresh(List<ChangePage.Item> items) {
        Map<String, ChangePage.Item> fresh = new LinkedHashMap<>();
        for (ChangePage.Item item : items) {
            if (!item.version().equals(listed.put(item.remoteId(), item.version()))) {
                fresh.remove(item.remoteId());
                fresh.put(item.remoteId(), item);
            }
        }
        return fresh.values();
    }

    /** Whether the list showed it, in whatever version. */
    boolean isListed(ChangePage.Item item) {
        return listed.containsKey(item.remoteId());
    }

    /** The remote ids of those that the list showed just so. */
    Set<String> listed(List<ChangePage.Item> items) {
        return items.stream()
                .filter(item -> item.version().equals(listed.get(item.remoteId())))
                .map(ChangePage.Item::remoteId)
                .collect(Collectors.toSet());
    }

    /** Returns those of the remote ids that the list did not show. */
    Set<String> notListed(Set<String> remoteIds) {
        return remoteIds.stream().filter(id -> !listed.containsKey(id)).collect(Collectors.toSet());
    }

    void decide(List<ChangePage.Item> items) {
        items.forEach(item -> decided.add(item.remoteId()));
    }

    /** How many were decided on. */
    int decided() {
        return decided.size();
    }

    /** Those that nothing was decided on, and that are not among what is settled. */
    List<ChangePage.Item> undecided(List<ChangePage.Item> items, Set<Guid> settled) {
        return items.stream()
                .filter(item -> !decided.contains(item.remoteId()))
                .filter(item -> item.guid() == null || !settled.contains(item.guid()))
                .toList();
    }
}
