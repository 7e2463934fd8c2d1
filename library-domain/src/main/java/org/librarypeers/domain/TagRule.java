package org.librarypeers.domain;

import org.jspecify.annotations.Nullable;

/**
 * A rule that replaces a category or a tag by another one. Spelling does not count when tags are compared ({@link Tag.Key}).
 *
 * @param peer the peer to whose resources the rule applies; null for all resources
 * @param category the category to replace, or that of the tag to replace
 * @param name the tag to replace; null to replace the category of all its tags
 * @param toCategory the category that takes its place
 * @param toName the tag that takes its place; null if {@code name} is null, so that the tags keep their names
 */
public record TagRule(
        @Nullable PeerId peer,
        String category,
        @Nullable String name,
        String toCategory,
        @Nullable String toName) {

    /**
     * Validates the rule.
     *
     * @throws IllegalArgumentException if a name is blank or too long, if only one of {@code name} and {@code toName} is null, or if
     *     the rule replaces something by itself
     */
    public TagRule {
        category = Checks.line("tag category", Spelling.withoutOverrides(category), Tag.MAX_NAME);
        toCategory = Checks.line("tag category", Spelling.withoutOverrides(toCategory), Tag.MAX_NAME);
        if ((name == null) != (toName == null)) {
            throw new IllegalArgumentException(
                    "rule for " + (name == null ? "category '" + category + "'" : "tag '" + name + "'")
                            + " must replace it by one of the same kind");
        }
        name = name == null ? null : Checks.line("tag name", Spelling.withoutOverrides(name), Tag.MAX_NAME);
        toName = toName == null ? null : Checks.line("tag name", Spelling.withoutOverrides(toName), Tag.MAX_NAME);
        if (new TagRuleKey(peer, category, name).equals(new TagRuleKey(peer, toCategory, toName))) {
            throw new IllegalArgumentException(
                    "rule replaces '" + (name == null ? category : name) + "' by itself; give another name");
        }
    }

    /** Returns the key of the rule. A library has one rule for each key. */
    public TagRuleKey key() {
        return new TagRuleKey(peer, category, name);
    }

    /** Returns the key that a rule for all resources would have if it replaced what this rule leads to. */
    public TagRuleKey target() {
        return new TagRuleKey(null, toCategory, toName);
    }

    /** Returns the tag that takes the place of a tag that matches this rule. */
    Tag replace(Tag tag) {
        String becomes = toName == null ? tag.name() : toName;
        return toName == null
                ? new Tag(
                        Guid.ofTag(toCategory, becomes),
                        toCategory,
                        becomes,
                        LocalizedText.empty(),
                        tag.names(),
                        tag.description(),
                        tag.summary(),
                        tag.image())
                : Tag.of(toCategory, becomes);
    }
}
