package org.librarypeers.app.peers;

import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Outcome;
import org.librarypeers.sync.storage.RunItem;
import org.librarypeers.sync.storage.Slice;

/**
 * A page of a run's items: those with one outcome, or those that were accepted with remarks.
 *
 * @param name the word of the outcome, or {@link #REMARKED}
 * @param items the items on this page
 * @param previous the address of the previous page; null if it is missing
 * @param next the address of the next page; null if it is missing
 */
public record RunPart(
        String name,
        Slice<RunItem> items,
        @Nullable String previous,
        @Nullable String next) {

    /** The name for items that were accepted with remarks, with any outcome. */
    public static final String REMARKED = "remarked";

    /** Returns whether these are failed items, which have a reason. */
    public boolean isFailed() {
        return name.equals(Outcome.Kind.FAILED.word());
    }
}
