package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.TagRule;
import org.librarypeers.domain.TagRuleKey;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.storage.TagRuleRepository;

/** A repository of tag rules with one row per rule. */
final class JdbcTagRules implements TagRuleRepository {

    private static final String COLUMNS = "peer_id, category, name, to_category, to_name, made_by, made_at";

    private static final String REMOVE = """
            delete from tag_rule
             where coalesce(peer_id, 0) = coalesce(?::bigint, 0) and category_spelling = ? and name_spelling = ?
            returning\s""" + COLUMNS;

    private static final String ADD = """
            insert into tag_rule (peer_id, category, category_spelling, name, name_spelling, to_category, to_name, made_by,
                                  made_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private final Transactions transactions;

    JdbcTagRules(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<SavedRule> all() {
        return transactions.read(connection ->
                Sql.rows(connection, "select " + COLUMNS + " from tag_rule order by id", JdbcTagRules::rule));
    }

    private static SavedRule rule(ResultSet rows) throws SQLException {
        Row row = new Row(rows);
        TagRule rule =
                new TagRule(peer(row.numberOrNull()), row.text(), row.textOrNull(), row.text(), row.textOrNull());
        return new SavedRule(rule, new UserName(row.text()), row.time());
    }

    private static @Nullable PeerId peer(@Nullable Long id) {
        return id == null ? null : new PeerId(id);
    }

    @Override
    public Optional<TagRule> put(TagRule rule, UserName by, Instant at) {
        return transactions.call(unit -> unit.jdbc(connection -> {
            Optional<TagRule> replaced = remove(connection, rule.key());
            TagRuleKey key = rule.key();
            Sql.update(
                    connection,
                    ADD,
                    key.peer() == null ? null : key.peer().value(),
                    rule.category(),
                    key.category(),
                    rule.name(),
                    key.name(),
                    rule.toCategory(),
                    rule.toName(),
                    by.value(),
                    Timestamp.from(at));
            return replaced;
        }));
    }

    @Override
    public Optional<TagRule> remove(TagRuleKey key) {
        return transactions.call(unit -> unit.jdbc(connection -> remove(connection, key)));
    }

    private static Optional<TagRule> remove(Connection connection, TagRuleKey key) throws SQLException {
        return Sql.first(
                        connection,
                        REMOVE,
                        JdbcTagRules::rule,
                        key.peer() == null ? null : key.peer().value(),
                        key.category(),
                        key.name())
                .map(SavedRule::rule);
    }
}
