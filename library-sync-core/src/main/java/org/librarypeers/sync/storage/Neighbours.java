package org.librarypeers.sync.storage;

import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;

/**
 * The waiting resources directly before and after another, ordered by GUID.
 *
 * @param previous the one directly before; null if it is missing
 * @param next the one directly after; null if it is missing
 */
public record Neighbours(@Nullable Guid previous, @Nullable Guid next) {}
