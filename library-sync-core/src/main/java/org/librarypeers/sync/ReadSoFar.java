package org.librarypeers.sync;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Outcome;
import org.librarypeers.sync.peer.ChangePage;

/** The items that a run has read and decided on so far. */
final class ReadSoFar {

    /** The versions of the listed items, by remote id. */
    private final Map<String, String> listed = new HashMap<>();

    /** The remote ids of the items that were listed as they were left out before. */
    private final Set<String> leftOut = new HashSet<>();

    /** The remote ids of the items that were decided on. */
    private final Set<String> decided = new HashSet<>();

    private final Set<Guid> added = new HashSet<>();

    /**
     * Adds listed items. Returns the items that this run has not seen in this version. If several items have the same
     * remote id, returns only the last one.
     */
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

    /** Returns whether the item was listed, in any version. */
    boolean isListed(ChangePage.Item item) {
        return listed.containsKey(item.remoteId());
    }

    /** Records items that were listed as they were left out before. */
    void leaveOut(Collection<String> remoteIds) {
        leftOut.addAll(remoteIds);
    }

    /** Returns the items among these that were listed in exactly this version, so that they were counted. */
    Batch.Again counted(List<ChangePage.Item> items) {
        Set<String> unchanged = new HashSet<>();
        Set<String> alsoLeftOut = new HashSet<>();
        for (ChangePage.Item item : items) {
            String remoteId = item.remoteId();
            if (item.version().equals(listed.get(remoteId))) {
                (leftOut.contains(remoteId) ? alsoLeftOut : unchanged).add(remoteId);
            }
        }
        return new Batch.Again(unchanged, alsoLeftOut);
    }

    /** Returns the remote ids among these that were not listed. */
    Set<String> notListed(Set<String> remoteIds) {
        return remoteIds.stream().filter(id -> !listed.containsKey(id)).collect(Collectors.toSet());
    }

    void decide(List<ChangePage.Item> items) {
        items.forEach(item -> decided.add(item.remoteId()));
    }

    /** Records the resources that a plan adds. */
    void decide(SyncPlan plan) {
        plan.decisions().stream()
                .map(SyncPlan.ItemDecision::outcome)
                .filter(outcome -> outcome.kind() == Outcome.Kind.ADDED)
                .map(Outcome::guid)
                .filter(Objects::nonNull)
                .forEach(added::add);
    }

    /** Returns the resources that this run has added. */
    Set<Guid> added() {
        return added;
    }

    /** Returns the number of items that were decided on. */
    int decided() {
        return decided.size();
    }

    /** Returns the items that were not decided on and whose GUID is not in {@code settled}. */
    List<ChangePage.Item> undecided(List<ChangePage.Item> items, Set<Guid> settled) {
        return items.stream()
                .filter(item -> !decided.contains(item.remoteId()))
                .filter(item -> item.guid() == null || !settled.contains(item.guid()))
                .toList();
    }
}
