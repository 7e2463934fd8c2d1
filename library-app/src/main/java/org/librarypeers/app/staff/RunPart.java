package org.librarypeers.app.staff;

import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.storage.Outcome;
import org.librarypeers.sync.storage.RunItem;
import org.librarypeers.sync.storage.Slice;

/**
 * Some of a run's items, all of one kind, or all that were accepted with remarks.
 *
 * @param name the word of the kind, or {@link #REMARKED}
 * @param items what is shown of them
 * @param previous where those before are; null if there are none
 * @param next where those behind are; null if there are none
 */
public record RunPart(
        String name,
        Slice<RunItem> items,
        @Nullable String previous,
        @Nullable String next) {

    /** The items that were accepted with remarks, whatever became of them. */
    public static final String REMARKED = "remarked";

    /** Returns whether these items failed, so that each has a reason. */
    public boolean isFailed() {
        return name.equals(Outcome.Kind.FAILED.word());
    }
}
