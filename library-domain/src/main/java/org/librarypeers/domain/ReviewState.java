package org.librarypeers.domain;

/**
 * The state of the review of a resource. Local edits do not count, because they need no review.
 *
 * @param brought the number of the newest revision that a peer sent; 0 if it is missing
 * @param decided the number of the revision on which a reviewer, or the policy {@link
 *     PublicationPolicy#PUBLISH_EVERYTHING}, decided last; 0 if it is missing
 */
public record ReviewState(int brought, int decided) {

    /** The state without a revision from a peer and without a decision. */
    public static final ReviewState NONE = new ReviewState(0, 0);

    /** Validates that the numbers are not negative. */
    public ReviewState {
        if (brought < 0 || decided < 0) {
            throw new IllegalArgumentException(
                    "revision number must be at least 1, or 0 for none: brought " + brought + ", decided " + decided);
        }
    }

    ReviewState brought(Revision revision) {
        return new ReviewState(revision.number(), decided);
    }

    ReviewState decided(Revision revision) {
        return new ReviewState(brought, revision.number());
    }

    /** Returns whether a peer brought a revision after the last decision. */
    public boolean isUnread() {
        return brought > decided;
    }
}
