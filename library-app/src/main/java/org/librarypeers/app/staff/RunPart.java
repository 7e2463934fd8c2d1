package org.librarypeers.app.staff;

import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.port.Outcome;
import org.librarypeers.sync.port.RunItem;
import org.librarypeers.sync.port.Slice;

/**
 * Some of a run's items, all of one kind.
 *
 * @param kind what became of them
 * @param items what is shown of them
 * @param previous where those before are; null if there are none
 * @param next where those behind are; null if there are none
 */
public record RunPart(
        Outcome.Kind kind,
        Slice<RunItem> items,
        @Nullable String previous,
        @Nullable String next) {}
