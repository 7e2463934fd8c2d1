package org.librarypeers.sync;

import java.util.ArrayList;
import java.util.List;
import org.librarypeers.domain.Guid;

/**
 * The result of undoing decisions.
 *
 * @param undone the resources that are as they were before the decision
 * @param already the number of resources whose decision had been undone before
 * @param changed the resources that are not as the decision left them, so that it stays: somebody decided again or edited them,
 *     or their source changed them
 */
public record UndoResult(List<Guid> undone, int already, List<Guid> changed) {

    static final UndoResult NOTHING = new UndoResult(List.of(), 0, List.of());

    /** Copies the lists. */
    public UndoResult {
        undone = List.copyOf(undone);
        changed = List.copyOf(changed);
    }

    UndoResult plus(UndoResult more) {
        return new UndoResult(joined(undone, more.undone), already + more.already, joined(changed, more.changed));
    }

    private static List<Guid> joined(List<Guid> some, List<Guid> more) {
        List<Guid> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}
