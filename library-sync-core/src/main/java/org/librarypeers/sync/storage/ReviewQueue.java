package org.librarypeers.sync.storage;

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
     * @param after the last GUID of the page before; null for the first page
     * @param limit the size of the page, from 1
     */
    List<Guid> page(InboxFilter.Kind kind, InboxFilter filter, @Nullable Guid after, int limit);

    /**
     * Returns the GUIDs of the waiting resources that come directly before another, the nearest last.
     *
     * @param before the first GUID of the page after
     * @param limit the size of the page, from 1
     */
    List<Guid> pageBefore(InboxFilter.Kind kind, InboxFilter filter, Guid before, int limit);

    /** Returns the GUID of the first waiting resource behind that GUID; of the first of all if it is null. */
    default Optional<Guid> next(InboxFilter.Kind kind, InboxFilter filter, @Nullable Guid after) {
        return page(kind, filter, after, 1).stream().findFirst();
    }

    /** Returns the GUIDs of the waiting resources before and behind a resource, which need not wait itself. */
    default Neighbours around(InboxFilter.Kind kind, InboxFilter filter, Guid guid) {
        Guid previous = pageBefore(kind, filter, guid, 1).stream().findFirst().orElse(null);
        return new Neighbours(previous, next(kind, filter, guid).orElse(null));
    }

    /** Returns the number of waiting resources of each kind. Each kind is present. */
    Map<InboxFilter.Kind, Long> counts(InboxFilter filter);
}
