package org.librarypeers.sync.storage;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;

/**
 * What a batch of a peer's items brought.
 *
 * @param at now, in this library's time
 * @param cursor where to go on; null leaves the cursor where it is
 * @param taken the versions that were taken, whatever came of them: the peer offers these, and they were read now
 * @param absent items that were not there when they were asked for, though the peer listed them: the version by remote id
 * @param gone remote ids that the peer does not have any more; what was taken under one of them is not offered any more
 * @param bad items that could not be kept, replacing what was noted for the same remote ids
 * @param mended remote ids of items that are neither bad nor absent any more, unless this batch says so anew
 */
public record HarvestProgress(
        Instant at,
        @Nullable Cursor cursor,
        Map<Guid, AcceptedItem> taken,
        Map<String, String> absent,
        Set<String> gone,
        List<QuarantinedItem> bad,
        Set<String> mended) {

    /** Nothing: to see that the lease is still ours. */
    public static HarvestProgress nothing(Instant at) {
        return new HarvestProgress(at, null, Map.of(), Map.of(), Set.of(), List.of(), Set.of());
    }

    /** Keeps copies. */
    public HarvestProgress {
        taken = Map.copyOf(taken);
        absent = Map.copyOf(absent);
        gone = Set.copyOf(gone);
        bad = List.copyOf(bad);
        mended = Set.copyOf(mended);
    }
}
