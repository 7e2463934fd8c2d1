package org.librarypeers.sync;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Count;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.domain.OfferFacts;
import org.librarypeers.domain.Outcome;
import org.librarypeers.domain.QuarantineReason;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.storage.AcceptedItem;
import org.librarypeers.sync.storage.HarvestProgress;
import org.librarypeers.sync.storage.QuarantinedItem;

/** The quarantined items of a peer, as earlier runs left them and as this run has changed them so far. */
final class Quarantine {

    private static final int ROWS_NAMED = 3;

    private final Map<String, QuarantinedItem> known = new LinkedHashMap<>();
    private final Set<String> now = new HashSet<>();

    /** The known GUIDs of the items that are or were quarantined, by remote id. */
    private final Map<String, Guid> guids = new HashMap<>();

    /** The versions of the items that were absent in earlier runs, by remote id. */
    private final Map<String, String> absentBefore;

    /** The remote ids under which this run accepted resources, or saw them listed as they were accepted before. */
    private final Map<Guid, String> here = new HashMap<>();

    /** The remote ids of the unreadable rows of the list. */
    private final NavigableSet<String> unreadableRows = new TreeSet<>();

    private int failedAgain;

    Quarantine(List<QuarantinedItem> before, Map<String, String> absentBefore) {
        before.forEach(item -> known.put(item.remoteId(), item));
        before.forEach(this::remember);
        now.addAll(known.keySet());
        this.absentBefore = Map.copyOf(absentBefore);
        before.stream()
                .filter(QuarantinedItem::isUnreadableRow)
                .map(QuarantinedItem::remoteId)
                .forEach(unreadableRows::add);
    }

    private void remember(QuarantinedItem item) {
        if (item.guid() == null) {
            guids.remove(item.remoteId());
        } else {
            guids.put(item.remoteId(), item.guid());
        }
    }

    /** Returns the remote ids of the quarantined items of these resources, at this point in the run. */
    private Set<String> of(Set<Guid> resources) {
        return resources.isEmpty()
                ? Set.of()
                : now.stream()
                        .filter(id -> guids.containsKey(id) && resources.contains(guids.get(id)))
                        .collect(Collectors.toSet());
    }

    /**
     * Returns the items that earlier runs quarantined, that this run has not resolved, and that can be fetched, the
     * least recently tried first.
     */
    List<ChangePage.Item> toRetry() {
        return known.values().stream()
                .filter(item -> now.contains(item.remoteId()) && ChangePage.Item.isFetchable(item.remoteId()))
                .sorted(Comparator.comparing(QuarantinedItem::lastSeen))
                .map(item -> new ChangePage.Item(item.remoteId(), item.guid(), item.version(), null))
                .toList();
    }

    /**
     * Returns these items, with unreadable rows under the remote ids that are already in quarantine. The position of
     * such a row depends on where the list was started, so rows are matched by what was sent.
     */
    List<ChangePage.Item> asKnown(List<ChangePage.Item> items) {
        return items.stream().map(this::asKnown).toList();
    }

    private ChangePage.Item asKnown(ChangePage.Item item) {
        if (!item.isUnreadableRow() || known.containsKey(item.remoteId())) {
            return item;
        }
        return known.values().stream()
                .filter(quarantined ->
                        quarantined.isUnreadableRow() && quarantined.version().equals(item.version()))
                .findFirst()
                .map(quarantined -> new ChangePage.Item(quarantined.remoteId(), null, item.version(), item.body()))
                .orElse(item);
    }

    /** Returns the remote ids of the quarantined rows of the list that cannot be fetched, at this point in the run. */
    Set<String> rows() {
        return now.stream().filter(id -> !ChangePage.Item.isFetchable(id)).collect(Collectors.toSet());
    }

    /** Returns the remote ids of the quarantined rows that are unreadable, at this point in the run. */
    List<String> unreadableRows() {
        return unreadableRows.stream().filter(now::contains).toList();
    }

    /** Returns a remark about the rows of the list that cannot be read. Empty if all of them can. */
    Optional<String> remark() {
        List<String> rows = unreadableRows();
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        String named = String.join(", ", rows.subList(0, Math.min(rows.size(), ROWS_NAMED)));
        return Optional.of(Count.of(rows.size(), "row") + " of the list cannot be read (" + named
                + (rows.size() > ROWS_NAMED ? ", ..." : "")
                + "); nothing will be marked as withdrawn until the peer corrects "
                + (rows.size() == 1 ? "it" : "them"));
    }

    /** Returns the number of quarantined items, at this point in the run. */
    int size() {
        return now.size();
    }

    /**
     * Returns the quarantine counts, at this point in the run.
     *
     * @param offered the number of resources that the peer offered before the run
     */
    SyncLog.QuarantineCounts counts(int offered) {
        int still =
                Math.toIntExact(known.keySet().stream().filter(now::contains).count());
        return new SyncLog.QuarantineCounts(failedAgain, still, now.size(), offered);
    }

    /**
     * Returns whether the quarantined item with this remote id was a different resource from the one that is listed
     * now.
     */
    boolean isRenumbered(ChangePage.Item listed) {
        QuarantinedItem item = known.get(listed.remoteId());
        return item != null
                && item.guid() != null
                && !item.guid().equals(listed.guid())
                && now.contains(listed.remoteId());
    }

    /** Returns whether an earlier run quarantined the item. */
    boolean knows(ChangePage.Item item) {
        return known.containsKey(item.remoteId());
    }

    /** Returns whether the item is quarantined, at this point in the run. */
    boolean has(ChangePage.Item item) {
        return now.contains(item.remoteId());
    }

    /**
     * Returns the remote ids under which this run accepted these resources, or saw them listed as they were accepted
     * before.
     */
    Map<Guid, String> here(Collection<Guid> guids) {
        Map<Guid, String> some = new HashMap<>();
        guids.stream().filter(here::containsKey).forEach(guid -> some.put(guid, here.get(guid)));
        return some;
    }

    /** Returns whether this run accepted the item's resource under another remote id, or saw it listed under one. */
    boolean isHereOtherwise(ChangePage.Item item) {
        String remoteId = item.guid() == null ? null : here.get(item.guid());
        return remoteId != null && !remoteId.equals(item.remoteId());
    }

    /** Returns whether the item is quarantined because it was absent in an earlier run. */
    boolean wasAbsent(ChangePage.Item item) {
        return has(item) && absentBefore.containsKey(item.remoteId()) && !isRenumbered(item);
    }

    /** Returns whether this version of the item was absent in two runs, so that it is no longer quarantined. */
    boolean isLeftOut(ChangePage.Item item) {
        return !has(item) && item.version().equals(absentBefore.get(item.remoteId()));
    }

    /** Returns the progress to save with a batch, apart from the resources. */
    HarvestProgress progress(Batch batch, SyncPlan plan, LibraryId library, Instant at) {
        Map<Guid, AcceptedItem> accepted = new HashMap<>();
        Map<Guid, OfferFacts> facts = new HashMap<>();
        List<QuarantinedItem> quarantined = new ArrayList<>();
        Set<String> resolved = new HashSet<>(batch.rest().renumbered());
        resolved.addAll(of(batch.rest().deletions().deleted()));
        batch.items().stream()
                .map(ChangePage.Item::remoteId)
                .filter(id -> now.contains(id) || absentBefore.containsKey(id))
                .forEach(resolved::add);
        for (SyncPlan.ItemDecision decision : plan.decisions()) {
            ChangePage.Item item = decision.item();
            Optional<QuarantineReason> problem = decision.received().problem();
            if (problem.isPresent()) {
                quarantined.add(quarantined(known.get(item.remoteId()), item, problem.get(), at));
                resolved.remove(item.remoteId());
            } else if (decision.sent() != null) {
                // The list may not contain the GUID; the body does.
                accepted.put(
                        decision.sent().guid(),
                        new AcceptedItem(
                                item.remoteId(),
                                item.version(),
                                decision.isCircularAt(library),
                                decision.remarks(),
                                decision.received().outcome() == Outcome.Kind.LEFT_OUT));
                facts.put(decision.sent().guid(), decision.facts());
            }
        }
        return new HarvestProgress(
                at, batch.rest().cursor(), accepted, batch.absent(), gone(batch), quarantined, resolved, facts);
    }

    private static QuarantinedItem quarantined(
            @Nullable QuarantinedItem before, ChangePage.Item item, QuarantineReason reason, Instant at) {
        return before == null
                ? new QuarantinedItem(item.remoteId(), item.guid(), item.version(), reason, at, at, 1)
                : before.again(item.version(), reason, at);
    }

    private static Set<String> gone(Batch batch) {
        Set<String> gone = new HashSet<>();
        for (Answered answered : batch.answered()) {
            if (answered.answer() instanceof Fetched.Gone) {
                gone.add(answered.item().remoteId());
            }
        }
        return gone;
    }

    /** Updates this quarantine after the batch and its progress were saved. */
    void kept(Batch batch, HarvestProgress progress) {
        here.putAll(batch.rest().unchanged());
        here.putAll(batch.rest().leftOut());
        // After the unchanged items: if two items have the same GUID, the accepted one counts, not the one that is
        // listed as before.
        progress.accepted().forEach((guid, accepted) -> here.put(guid, accepted.remoteId()));
        now.removeAll(progress.resolved());
        for (QuarantinedItem item : progress.quarantined()) {
            now.add(item.remoteId());
            remember(item);
            if (item.isUnreadableRow()) {
                unreadableRows.add(item.remoteId());
            }
            if (known.containsKey(item.remoteId())) {
                failedAgain++;
            }
        }
    }
}
