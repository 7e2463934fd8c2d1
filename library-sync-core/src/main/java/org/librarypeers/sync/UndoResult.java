package org.librarypeers.sync;

import java.util.ArrayList;
import java.util.List;
import org.librarypeers.domain.Guid;

/**
 * The result of undoing decisions.
 *
 * @param undone the number of resources that are as they were before the decision
 * @param already the number of resources whose decision had been undone before
 * @param changed the resources that are not as the decision left them, so that it stays: somebody decided again or edited them,
 *     or their source changed them
 */
public record UndoResult(int undone, int already, List<Guid> changed) {

    static final UndoResult NOTHING = new UndoResult(0, 0, List.of());

    /** Copies the list. */
    public UndoResult {
        changed = List.copyOf(changed);
    }

    UndoResult plus(UndoResult more) {
        List<Guid> all = new ArrayList<>(changed);
        all.addAll(more.changed);
        return new UndoResult(undone + more.undone, already + more.already, all);
    }
}
