package org.librarypeers.sync;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.domain.Received;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.sync.port.BadItem;
import org.librarypeers.sync.port.ChangePage;
import org.librarypeers.sync.port.Fetched;
import org.librarypeers.sync.port.HarvestProgress;
import org.librarypeers.sync.port.Taken;

/** What is bad of a peer: known from earlier runs, and as it stands as far as this run has come. */
final class Quarantine {

    private final Map<String, BadItem> known = new LinkedHashMap<>();
    private final Set<String> now = new HashSet<>();
    private final Set<Guid> here = new HashSet<>();
    private int knownBad;

    Quarantine(List<BadItem> before) {
        before.forEach(item -> known.put(item.remoteId(), item));
        now.addAll(known.keySet());
    }

    /** What earlier runs found bad and this one has not mended yet; first what was tried the longest ago. */
    List<ChangePage.Item> toRetry() {
        return known.values().stream()
                .filter(item -> now.contains(item.remoteId()))
                .sorted(Comparator.comparing(BadItem::lastSeen))
                .map(item -> new ChangePage.Item(item.remoteId(), item.guid(), item.version(), null))
                .toList();
    }

    /** How many are bad, as far as this run has come. */
    int size() {
        return now.size();
    }

    /** What is bad, as far as this run has come, of a peer that offered so many before. */
    SyncLog.Bad bad(int offered) {
        int still =
                Math.toIntExact(known.keySet().stream().filter(now::contains).count());
        return new SyncLog.Bad(knownBad, still, now.size(), offered);
    }

    /** Whether something bad was known under that number, and it is not what is listed there now. */
    boolean isRenumbered(ChangePage.Item listed) {
        BadItem item = known.get(listed.remoteId());
        return item != null
                && item.guid() != null
                && !item.guid().equals(listed.guid())
                && now.contains(listed.remoteId());
    }

    /** Whether an earlier run found that bad. */
    boolean knows(ChangePage.Item item) {
        return known.containsKey(item.remoteId());
    }

    /** Whether this run took that resource, or saw it listed as it was taken before; maybe under another number. */
    boolean isHere(ChangePage.Item item) {
        return here.contains(item.guid());
    }

    /** What is to be remembered of a batch beside its resources. */
    HarvestProgress progress(Batch batch, SyncPlan plan, LibraryId here, Instant at) {
        Map<Guid, Taken> taken = new HashMap<>();
        List<BadItem> bad = new ArrayList<>();
        Set<String> mended = new HashSet<>(batch.rest().renumbered());
        batch.items().stream()
                .map(ChangePage.Item::remoteId)
                .filter(now::contains)
                .forEach(mended::add);
        for (SyncPlan.Decision decision : plan.decisions()) {
            ChangePage.Item item = decision.item();
            if (decision.received() instanceof Received.Invalid invalid) {
                bad.add(badItem(known.get(item.remoteId()), item, invalid.reason(), at));
                mended.remove(item.remoteId());
            } else if (item.guid() != null) {
                taken.put(
                        item.guid(),
                        new Taken(item.remoteId(), item.version(), decision.isCircularAt(here), decision.remarks()));
            }
        }
        return new HarvestProgress(
                at, batch.rest().cursor(), taken, batch.rest().unchanged(), gone(batch), bad, mended);
    }

    private static BadItem badItem(@Nullable BadItem before, ChangePage.Item item, String reason, Instant at) {
        return before == null
                ? new BadItem(item.remoteId(), item.guid(), item.version(), reason, at, at, 1)
                : before.again(item.version(), reason, at);
    }

    private Set<Guid> gone(Batch batch) {
        Set<Guid> gone = new HashSet<>();
        for (int i = 0; i < batch.items().size(); i++) {
            Guid guid = batch.items().get(i).guid();
            if (guid != null && !here.contains(guid) && batch.answers().get(i) instanceof Fetched.Gone) {
                gone.add(guid);
            }
        }
        return gone;
    }

    /** To be called when the progress has been kept. */
    void kept(HarvestProgress progress) {
        here.addAll(progress.taken().keySet());
        here.addAll(progress.listed().keySet());
        now.removeAll(progress.mended());
        for (BadItem item : progress.bad()) {
            now.add(item.remoteId());
            if (known.containsKey(item.remoteId())) {
                knownBad++;
            }
        }
    }
}
