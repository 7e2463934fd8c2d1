package org.librarypeers.sync.storage;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;

/** The resources that wait for a reviewer. Methods without an order order them by GUID. */
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
     * Returns a page of the GUIDs of waiting resources in some order.
     *
     * @param kind the kind of decision
     * @param filter the conditions
     * @param order the order
     * @param after the last GUID of the previous page, of a resource that need not wait any more; null for the first page
     * @param limit the maximum number of GUIDs, from 1
     * @throws UnsupportedOperationException if this storage does not have the order; all have {@link InboxOrder#GUID}
     */
    default List<Guid> page(
            InboxFilter.Kind kind, InboxFilter filter, InboxOrder order, @Nullable Guid after, int limit) {
        requireByGuid(order);
        return page(kind, filter, after, limit);
    }

    /**
     * Returns the GUIDs of the waiting resources that come directly before another in some order, the nearest last.
     *
     * @param kind the kind of decision
     * @param filter the conditions
     * @param order the order
     * @param before the first GUID of the next page
     * @param limit the maximum number of GUIDs, from 1
     * @throws UnsupportedOperationException if this storage does not have the order; all have {@link InboxOrder#GUID}
     */
    default List<Guid> pageBefore(InboxFilter.Kind kind, InboxFilter filter, InboxOrder order, Guid before, int limit) {
        requireByGuid(order);
        return pageBefore(kind, filter, before, limit);
    }

    private static void requireByGuid(InboxOrder order) {
        if (order != InboxOrder.GUID) {
            throw new UnsupportedOperationException(
                    "this storage orders waiting resources by GUID only, not by " + order);
        }
    }

    /**
     * Returns a mark of what waits now. A decision on a whole list is bound to the mark that its page took, so that what
     * came later is not decided on unread. Empty if this storage has no marks.
     *
     * @return a short text of ASCII letters, digits and punctuation
     */
    default Optional<String> mark() {
        return Optional.empty();
    }

    /**
     * Returns a page of the waiting resources that have not changed since a {@linkplain #mark mark} was taken and were
     * waiting then, ordered by GUID. A withdrawal that was found later counts as a change.
     *
     * @param kind the kind of decision
     * @param filter the conditions
     * @param mark the mark
     * @param after the last GUID of the previous page; null for the first page
     * @param limit the maximum number of GUIDs, from 1
     * @throws IllegalArgumentException if the text is not a mark of this storage
     */
    default List<Guid> unchangedSince(
            InboxFilter.Kind kind, InboxFilter filter, String mark, @Nullable Guid after, int limit) {
        throw new IllegalArgumentException("'" + mark + "' is not a mark of this storage");
    }

    /**
     * Returns the number of all resources that {@link #unchangedSince} finds.
     *
     * @throws IllegalArgumentException if the text is not a mark of this storage
     */
    default long countUnchangedSince(InboxFilter.Kind kind, InboxFilter filter, String mark) {
        throw new IllegalArgumentException("'" + mark + "' is not a mark of this storage");
    }

    /**
     * Returns the GUID of the first waiting resource after this GUID. If it is null, returns the first of all. Empty if
     * there is none.
     */
    default Optional<Guid> next(InboxFilter.Kind kind, InboxFilter filter, @Nullable Guid after) {
        return page(kind, filter, after, 1).stream().findFirst();
    }

    /** Returns the waiting resources directly before and after a resource, which need not be waiting itself. */
    default Neighbours around(InboxFilter.Kind kind, InboxFilter filter, Guid guid) {
        return around(kind, filter, InboxOrder.GUID, guid);
    }

    /** Returns the waiting resources directly before and after a resource in some order, see {@link #around}. */
    default Neighbours around(InboxFilter.Kind kind, InboxFilter filter, InboxOrder order, Guid guid) {
        Guid previous =
                pageBefore(kind, filter, order, guid, 1).stream().findFirst().orElse(null);
        Guid next = page(kind, filter, order, guid, 1).stream().findFirst().orElse(null);
        return new Neighbours(previous, next);
    }

    /**
     * Returns since when the oldest waiting resource has waited: since a pending resource last changed, since a revision was
     * received, or since a withdrawal was found. Empty if nothing waits.
     */
    Optional<Instant> waitingSince();

    /** Returns the number of waiting resources of each kind. Each kind is present. */
    Map<InboxFilter.Kind, Long> counts(InboxFilter filter);
}
