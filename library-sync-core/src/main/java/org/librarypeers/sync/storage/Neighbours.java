package org.librarypeers.sync.storage;

import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;

/**
 * The waiting resources directly before and after another, ordered by GUID.
 *
 * @param previous the one directly before; null if there is none
 * @param next the one directly after; null if there is none
 */
public record Neighbours(@Nullable Guid previous, @Nullable Guid next) {}
