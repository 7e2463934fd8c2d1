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
 * @param unread what is not any more as the reviewer saw it, so that nothing was decided on it
 */
public record ReviewResult(int changed, int alreadySo, List<Guid> unknown, List<Guid> unread) {

    static final ReviewResult NOTHING = new ReviewResult(0, 0, List.of());

    /** Where nothing had changed since the reviewer saw it. */
    ReviewResult(int changed, int alreadySo, List<Guid> unknown) {
        this(changed, alreadySo, unknown, List.of());
    }

    /** Keeps a copy. */
    public ReviewResult {
        unknown = List.copyOf(unknown);
        unread = List.copyOf(unread);
    }

    ReviewResult plus(ReviewResult more) {
        return new ReviewResult(
                changed + more.changed,
                alreadySo + more.alreadySo,
                joined(unknown, more.unknown),
                joined(unread, more.unread));
    }

    private static List<Guid> joined(List<Guid> some, List<Guid> more) {
        List<Guid> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}
