package org.librarypeers.sync.port;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;

/**
 * What a page brought.
 *
 * @param cursor where to go on; null leaves the cursor where it is
 * @param taken the versions that were taken, whatever came of them
 * @param bad items that could not be kept, replacing what was noted for the same remote ids
 * @param mended remote ids of items that are bad no more
 */
public record HarvestProgress(@Nullable Cursor cursor, Map<Guid, String> taken, List<BadItem> bad, Set<String> mended) {

    /** Keeps copies. */
    public HarvestProgress {
        taken = Map.copyOf(taken);
        bad = List.copyOf(bad);
        mended = Set.copyOf(mended);
    }
}
