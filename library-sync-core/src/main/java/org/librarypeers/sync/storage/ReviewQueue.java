package org.librarypeers.sync.storage;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;

/** The resources that wait for a reviewer. All methods order them by GUID. */
public interface ReviewQueue {

    /**
     * Returns a page of the GUIDs of waiting resources.
     *
     * @param kind the kind of decision
     * @param filter the conditions
     * @param after the last GUID of the previous page; null for the first page
     * @param limit the maximum number of GUIDs, from 1
     */
    List<Guid> page(InboxFilter.Kind kind, InboxFilter filter, @Nullable Guid after, int limit);

    /**
     * Returns the GUIDs of the waiting resources that come directly before another, the nearest last.
     *
     * @param kind the kind of decision
     * @param filter the conditions
     * @param before the first GUID of the next page
     * @param limit the maximum number of GUIDs, from 1
     */
    List<Guid> pageBefore(InboxFilter.Kind kind, InboxFilter filter, Guid before, int limit);

    /**
     * Returns the GUID of the first waiting resource after this GUID. If it is null, returns the first of all. Empty if
     * there is none.
     */
    default Optional<Guid> next(InboxFilter.Kind kind, InboxFilter filter, @Nullable Guid after) {
        return page(kind, filter, after, 1).stream().findFirst();
    }

    /** Returns the waiting resources directly before and after a resource, which need not be waiting itself. */
    default Neighbours around(InboxFilter.Kind kind, InboxFilter filter, Guid guid) {
        Guid previous = pageBefore(kind, filter, guid, 1).stream().findFirst().orElse(null);
        return new Neighbours(previous, next(kind, filter, guid).orElse(null));
    }

    /**
     * Returns since when the oldest waiting resource has waited: since a pending resource last changed, since a revision was
     * received, or since a withdrawal was found. Empty if nothing waits.
     */
    Optional<Instant> waitingSince();

    /** Returns the number of waiting resources of each kind. Each kind is present. */
    Map<InboxFilter.Kind, Long> counts(InboxFilter filter);
}
