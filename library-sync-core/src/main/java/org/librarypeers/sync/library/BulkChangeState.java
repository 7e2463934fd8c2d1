package org.librarypeers.sync.library;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;

/**
 * A stored change of many resources, and how much of it is undone.
 *
 * @param change the change
 * @param first the changed resource with the lowest GUID
 * @param resources the number of changed resources, from 1
 * @param undone the number of those for which the change was undone
 * @param served the earliest date of {@link BulkEffect#served}; null if nothing that is served changed
 */
public record BulkChangeState(
        BulkChange change,
        Guid first,
        long resources,
        long undone,
        @Nullable Instant served) {}
