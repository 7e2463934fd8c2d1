package org.librarypeers.sync.storage;

import org.jspecify.annotations.Nullable;

/**
 * A filter for the resources that wait for a reviewer. A resource must satisfy all conditions.
 *
 * @param source the source that a resource must come from; null for no condition
 * @param tag the number of a tag that a resource must have; null for no condition
 * @param language the language code in which a resource must have a title; null for no condition
 */
public record InboxFilter(
        @Nullable Source source,
        @Nullable Long tag,
        @Nullable String language) {

    /** The filter without conditions. */
    public static final InboxFilter ALL = new InboxFilter(null, null, null);

    /** The decision that a resource waits for. A resource may wait for more than one. */
    public enum Kind {
        /** The resource is pending: it waits for its first decision or was submitted again. */
        PENDING,
        /**
         * A peer changed the resource after it was approved or rejected, see
         * {@link org.librarypeers.domain.Resource#isChangedUpstream}.
         */
        CHANGED_UPSTREAM,
        /**
         * The source has withdrawn the resource and no reviewer has decided on that, see
         * {@link HarvestRepository#withdrawals(org.librarypeers.domain.Guid, int)}.
         */
        WITHDRAWN
    }
}
