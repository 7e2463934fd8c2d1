package org.librarypeers.sync.storage;


import org.jspecify.annotations.Nullable;

/**
 * Which of the resources that wait for a reviewer somebody wants to see.
 *
 * @param source only those that come from there; null for all
 * @param tag only those that have the tag of that number; null for all
 * @param language only those that have a title in exactly that language; null for all
 */
public record InboxFilter(
        @Nullable Source source,
        @Nullable Long tag,
        @Nullable String language) {

    /** All of them. */
    public static final InboxFilter ALL = new InboxFilter(null, null, null);

    /** What a resource waits for. One may wait for more than one thing. */
    public enum Kind {
        /** For its first decision, or to be read again: its status is pending. */
        PENDING,
        /** A peer changed it after it was approved or rejected, {@link org.librarypeers.domain.Resource#isChangedUpstream}. */
        CHANGED_UPSTREAM,
        /** Its source offers it no longer and nobody decided on that, {@link HarvestRepository#withdrawals(org.librarypeers.domain.Guid, int)}. */
        WITHDRAWN
    }
}
