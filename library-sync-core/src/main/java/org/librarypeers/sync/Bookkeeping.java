package org.librarypeers.sync;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Received;
import org.librarypeers.sync.port.BadItem;
import org.librarypeers.sync.port.ChangePage;
import org.librarypeers.sync.port.HarvestProgress;

/** What is to be remembered of a batch beside its resources. */
final class Bookkeeping {

    private Bookkeeping() {}

    /**
     * What the harvest is told.
     *
     * @param bad the items that earlier runs found bad, by remote id
     * @param quarantined the remote ids of what is bad now, as far as the run has come
     */
    static HarvestProgress of(
            SyncPlan plan,
            List<ChangePage.Item> items,
            Map<String, BadItem> bad,
            Set<String> quarantined,
            @Nullable Cursor next,
            Instant now) {
        Map<Guid, String> taken = new HashMap<>();
        List<BadItem> stillBad = new ArrayList<>();
        Set<String> mended = new HashSet<>();
        items.stream()
                .map(ChangePage.Item::remoteId)
                .filter(quarantined::contains)
                .forEach(mended::add);
        for (SyncPlan.Decision decision : plan.decisions()) {
            ChangePage.Item item = decision.item();
            if (decision.received() instanceof Received.Invalid invalid) {
                stillBad.add(badItem(bad.get(item.remoteId()), item, invalid.reason(), now));
                mended.remove(item.remoteId());
            } else if (item.guid() != null) {
                taken.put(item.guid(), item.version());
            }
        }
        return new HarvestProgress(next, taken, stillBad, mended);
    }

    private static BadItem badItem(@Nullable BadItem before, ChangePage.Item item, String reason, Instant now) {
        return before == null
                ? new BadItem(item.remoteId(), item.guid(), item.version(), reason, now, now, 1)
                : before.again(item.version(), reason, now);
    }
}
