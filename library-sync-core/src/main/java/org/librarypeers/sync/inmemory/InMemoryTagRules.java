package org.librarypeers.sync.inmemory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.librarypeers.domain.TagRule;
import org.librarypeers.domain.TagRuleKey;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.storage.TagRuleRepository;

record InMemoryTagRules(InMemoryStorage storage) implements TagRuleRepository {

    @Override
    public List<SavedRule> all() {
        return storage.with(tables -> List.copyOf(tables.rules.values()));
    }

    @Override
    public Optional<TagRule> put(TagRule rule, UserName by, Instant at) {
        return storage.inTransaction(() -> storage.with(tables -> {
            Optional<TagRule> replaced =
                    Optional.ofNullable(tables.rules.remove(rule.key())).map(SavedRule::rule);
            tables.rules.put(rule.key(), new SavedRule(rule, by, at));
            return replaced;
        }));
    }

    @Override
    public Optional<TagRule> remove(TagRuleKey key) {
        return storage.inTransaction(() -> storage.with(
                tables -> Optional.ofNullable(tables.rules.remove(key)).map(SavedRule::rule)));
    }
}
