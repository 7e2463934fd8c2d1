package org.librarypeers.domain;

import org.jspecify.annotations.Nullable;

/**
 * The category or tag that a {@link TagRule} replaces.
 *
 * @param peer the peer; null for all resources
 * @param category the folded category
 * @param name the folded name; empty for the whole category
 */
public record TagRuleKey(@Nullable PeerId peer, String category, String name) {

    /** Creates a key of names in any spelling. */
    public TagRuleKey(@Nullable PeerId peer, String category, @Nullable String name) {
        this.peer = peer;
        this.category = Spelling.folded(category);
        this.name = name == null ? "" : Spelling.folded(name);
    }
}
