package org.librarypeers.sync.storage;

import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;

/**
 * What waits for a reviewer next to something, in the order of the GUIDs.
 *
 * @param previous which waits nearest before it; null for none
 * @param next which waits next behind it; null for none
 */
public record Neighbours(@Nullable Guid previous, @Nullable Guid next) {}
