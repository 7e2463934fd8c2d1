package org.librarypeers.sync.storage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.librarypeers.domain.TagMapping;
import org.librarypeers.domain.TagRule;
import org.librarypeers.domain.TagRuleKey;
import org.librarypeers.domain.UserName;

/** The rules that map categories and tags, see {@link TagMapping}. */
public interface TagRuleRepository {

    /** A repository that has no rules and accepts none. */
    TagRuleRepository NONE = new TagRuleRepository() {

        @Override
        public List<SavedRule> all() {
            return List.of();
        }

        @Override
        public Optional<TagRule> put(TagRule rule, UserName by, Instant at) {
            throw new UnsupportedOperationException("this storage has no tag rules");
        }

        @Override
        public Optional<TagRule> remove(TagRuleKey key) {
            return Optional.empty();
        }
    };

    /**
     * A rule of this library.
     *
     * @param rule the rule
     * @param by who made it
     * @param at when it was made
     */
    record SavedRule(TagRule rule, UserName by, Instant at) {}

    /** Returns all rules, in the order in which they were made. */
    List<SavedRule> all();

    /**
     * Saves a rule. It replaces the rule with the same {@link TagRule#key()}.
     *
     * @return the replaced rule
     */
    Optional<TagRule> put(TagRule rule, UserName by, Instant at);

    /** Removes and returns the rule with this key. */
    Optional<TagRule> remove(TagRuleKey key);

    /** Returns the mapping of these rules. */
    default TagMapping mapping() {
        return TagMapping.of(all().stream().map(SavedRule::rule).toList());
    }
}
