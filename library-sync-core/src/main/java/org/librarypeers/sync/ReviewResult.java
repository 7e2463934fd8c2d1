package org.librarypeers.sync;

import java.util.ArrayList;
import java.util.List;
import org.librarypeers.domain.Guid;

/**
 * What came of a reviewer's word.
 *
 * @param changed how many changed by it
 * @param alreadySo how many were so already
 * @param unknown what there is no resource of
 */
public record ReviewResult(int changed, int alreadySo, List<Guid> unknown) {

    static final ReviewResult NOTHING = new ReviewResult(0, 0, List.of());

    /** Keeps a copy. */
    public ReviewResult {
        unknown = List.copyOf(unknown);
    }

    ReviewResult plus(ReviewResult more) {
        List<Guid> all = new ArrayList<>(unknown);
        all.addAll(more.unknown);
        return new ReviewResult(changed + more.changed, alreadySo + more.alreadySo, all);
    }
}
