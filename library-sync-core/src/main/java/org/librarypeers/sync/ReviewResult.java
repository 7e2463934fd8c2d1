package org.librarypeers.sync;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Status;

/**
 * The result of a reviewer's decision on several resources.
 *
 * @param changed the number of resources that changed
 * @param unchanged the number of resources that already had this status
 * @param unknown the GUIDs that do not exist
 * @param unread the resources that changed since the reviewer saw them, so that nothing was decided
 * @param decided the resources in {@code unread} that another reviewer decided on in the meantime, with their current
 *     status
 */
public record ReviewResult(
        int changed, int unchanged, List<Guid> unknown, List<Guid> unread, Map<Guid, Status> decided) {

    static final ReviewResult NOTHING = new ReviewResult(0, 0, List.of());

    /** Creates a result without unread resources. */
    ReviewResult(int changed, int unchanged, List<Guid> unknown) {
        this(changed, unchanged, unknown, List.of(), Map.of());
    }

    /** Copies the collections. */
    public ReviewResult {
        unknown = List.copyOf(unknown);
        unread = List.copyOf(unread);
        decided = Map.copyOf(decided);
    }

    /** Returns how many of {@code unread} received this status from another reviewer. */
    public int decided(Status status) {
        return (int) decided.values().stream().filter(status::equals).count();
    }

    ReviewResult plus(ReviewResult more) {
        return new ReviewResult(
                changed + more.changed,
                unchanged + more.unchanged,
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
