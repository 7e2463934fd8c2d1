package org.librarypeers.sync;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Status;

/**
 * What came of a reviewer's word.
 *
 * @param changed how many changed by it
 * @param alreadySo how many were so already
 * @param unknown what there is no resource of
 * @param unread what is not any more as the reviewer saw it, so that nothing was decided on it
 * @param decided those of {@code unread} on which somebody else decided meanwhile, with the status that they have now
 */
public record ReviewResult(
        int changed, int alreadySo, List<Guid> unknown, List<Guid> unread, Map<Guid, Status> decided) {

    static final ReviewResult NOTHING = new ReviewResult(0, 0, List.of());

    /** Where nothing had changed since the reviewer saw it. */
    ReviewResult(int changed, int alreadySo, List<Guid> unknown) {
        this(changed, alreadySo, unknown, List.of(), Map.of());
    }

    /** Keeps a copy. */
    public ReviewResult {
        unknown = List.copyOf(unknown);
        unread = List.copyOf(unread);
        decided = Map.copyOf(decided);
    }

    /** Returns how many of {@code unread} somebody else gave that status meanwhile. */
    public int decided(Status status) {
        return (int) decided.values().stream().filter(status::equals).count();
    }

    ReviewResult plus(ReviewResult more) {
        return new ReviewResult(
                changed + more.changed,
                alreadySo + more.alreadySo,
                joined(unknown, more.unknown),
                joined(unread, more.unread),
                joined(decided, more.decided));
    }

    private static Map<Guid, Status> joined(Map<Guid, Status> some, Map<Guid, Status> more) {
        Map<Guid, Status> all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }

    private static List<Guid> joined(List<Guid> some, List<Guid> more) {
        List<Guid> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}
