package org.librarypeers.domain;

/**
 * How far reviewers have followed what became of a resource. Edits made here are in neither number: whoever may make them stands
 * for them.
 *
 * @param brought the number of the newest revision that a peer brought; 0 if none did
 * @param decided the number of the revision on which a reviewer last decided; 0 if none did
 */
public record ReviewState(int brought, int decided) {

    /** Nothing was brought, and nothing decided. */
    public static final ReviewState NONE = new ReviewState(0, 0);

    /** Refuses negative numbers. */
    public ReviewState {
        if (brought < 0 || decided < 0) {
            throw new IllegalArgumentException(
                    "revisions are numbered from 1, or 0 for none: " + brought + ", " + decided);
        }
    }

    ReviewState brought(Revision revision) {
        return new ReviewState(revision.number(), decided);
    }

    ReviewState decided(Revision revision) {
        return new ReviewState(brought, revision.number());
    }

    boolean isUnread() {
        return brought > decided;
    }
}
