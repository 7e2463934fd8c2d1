package org.librarypeers.sync.library;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;

/** The changes that people made to many resources alike, for the time in which they can be undone. */
public interface BulkChangeRepository {

    /**
     * Adds resources to a change. The change itself is saved with the first ones; it may be made in several transactions. Effects on
     * resources that do not exist are ignored.
     *
     * @param effects the effects, at most one on each resource; nothing is saved if it is empty
     */
    void add(BulkChange change, Collection<BulkEffect> effects);

    /** Returns a change. Empty if it has no resources, or was removed. */
    Optional<BulkChangeState> find(UUID change);

    /**
     * Returns a page of the effects of a change that were not undone, ordered by GUID.
     *
     * @param after the last GUID of the previous page; null for the first page
     * @param limit the maximum number of effects, from 1
     */
    List<BulkEffect> effects(UUID change, @Nullable Guid after, int limit);

    /** Records that a change was undone for these resources. */
    void undone(UUID change, Collection<Guid> resources);

    /**
     * Removes changes that were made before a time, the earliest first.
     *
     * @param limit the maximum number of changes, from 1
     * @return the number of removed changes
     */
    int removeOld(Instant before, int limit);
}
