package org.librarypeers.domain;

import java.util.Optional;

/** The rule for what this library publishes of a peer without the decision of a reviewer. */
public enum PublicationPolicy {
    /** A reviewer decides on new resources and on updates. Until then, the public revision stays public. */
    REVIEW_EVERYTHING,
    /** A reviewer decides on new resources. Updates of public resources are published immediately and shown to reviewers. */
    PUBLISH_UPDATES,
    /** New resources and updates of public resources are published immediately, and reviewers are not asked. */
    PUBLISH_EVERYTHING;

    /** The policy of a peer for which nobody chose another one. */
    public static final PublicationPolicy DEFAULT = PUBLISH_UPDATES;

    /** Returns the lower-case name, which is used in storage, forms and JSON. */
    public String word() {
        return EnumWord.of(this);
    }

    /** Returns the policy with this {@link #word}. Empty if there is no such policy. */
    public static Optional<PublicationPolicy> ofWord(String word) {
        return EnumWord.find(PublicationPolicy.class, word);
    }
}
