package org.librarypeers.persistence;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.DecisionEffect;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PublicationPolicy;
import org.librarypeers.domain.ReviewSnapshot;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.storage.DecisionRepository;
import org.librarypeers.sync.storage.ReviewAction;

/** A repository of decisions on plain JDBC. */
final class JdbcDecisions implements DecisionRepository {

    private final Transactions transactions;

    JdbcDecisions(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public void add(Collection<Decision> decisions) {
        if (decisions.isEmpty()) {
            return;
        }
        String sql = """
                insert into decision (resource_id, revision, status, decided_by, at, note, policy, action, state_before,
                                      state_after, had_withdrawal, is_undo)
                select resource.id, made.revision, made.status, decided_by, at::timestamptz, note, policy, action,
                       state_before, state_after, had_withdrawal::boolean, is_undo::boolean
                  from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) with ordinality
                       as made (guid, revision, status, decided_by, at, note, policy, action, state_before, state_after,
                                had_withdrawal, is_undo, position)
                  join resource using (guid)
                 order by position""";
        transactions.call(unit -> unit.jdbc(connection -> Sql.update(
                connection,
                sql,
                Sql.uuids(
                        connection,
                        each(decisions, decision -> decision.resource().value())),
                Sql.integers(connection, each(decisions, Decision::revision)),
                texts(connection, decisions, decision -> decision.status().word()),
                texts(connection, decisions, decision -> decision.by().value()),
                texts(connection, decisions, decision -> decision.at().toString()),
                texts(connection, decisions, Decision::note),
                texts(connection, decisions, JdbcDecisions::policy),
                Sql.uuids(connection, each(decisions, effect(DecisionEffect::action))),
                texts(connection, decisions, effect(effect -> effect.before().word())),
                texts(connection, decisions, effect(effect -> effect.after().word())),
                texts(
                        connection,
                        decisions,
                        decision -> String.valueOf(
                                decision.effect() != null && decision.effect().hadWithdrawal())),
                texts(connection, decisions, decision -> String.valueOf(decision.isUndo())))));
    }

    private static <T> Function<Decision, @Nullable T> effect(Function<DecisionEffect, T> part) {
        return decision -> decision.effect() == null ? null : part.apply(decision.effect());
    }

    private static @Nullable String policy(Decision decision) {
        return decision.policy() == null ? null : decision.policy().word();
    }

    private static Array texts(
            Connection connection, Collection<Decision> decisions, Function<Decision, @Nullable String> field)
            throws SQLException {
        return Sql.texts(connection, each(decisions, field));
    }

    private static <T extends @Nullable Object> List<T> each(
            Collection<Decision> decisions, Function<Decision, T> field) {
        List<T> values = new ArrayList<>();
        decisions.forEach(decision -> values.add(field.apply(decision)));
        return values;
    }

    @Override
    public List<Decision> about(Guid resource) {
        return about(List.of(resource)).getOrDefault(resource, List.of());
    }

    @Override
    public Map<Guid, List<Decision>> about(Collection<Guid> resources) {
        String sql = """
                select guid, revision, decision.status, decided_by, at, note, policy, action, state_before, state_after,
                       had_withdrawal, is_undo
                  from decision join resource on resource.id = resource_id
                 where guid = any (?) order by decision.id desc""";
        if (resources.isEmpty()) {
            return Map.of();
        }
        List<Decision> all = transactions.call(unit -> unit.jdbc(connection -> Sql.rows(
                connection,
                sql,
                JdbcDecisions::decision,
                Sql.uuids(connection, resources.stream().map(Guid::value).toList()))));
        return all.stream().collect(Collectors.groupingBy(Decision::resource));
    }

    private static Decision decision(ResultSet row) throws SQLException {
        String policy = row.getString("policy");
        UUID action = row.getObject("action", UUID.class);
        return new Decision(
                new Guid(row.getObject("guid", UUID.class)),
                row.getInt("revision"),
                Status.ofWord(row.getString("status")).orElseThrow(),
                new UserName(row.getString("decided_by")),
                row.getTimestamp("at").toInstant(),
                row.getString("note"),
                policy == null ? null : PublicationPolicy.ofWord(policy).orElseThrow(),
                action == null
                        ? null
                        : new DecisionEffect(
                                action,
                                ReviewSnapshot.ofWord(row.getString("state_before"))
                                        .orElseThrow(),
                                ReviewSnapshot.ofWord(row.getString("state_after"))
                                        .orElseThrow(),
                                row.getBoolean("had_withdrawal")),
                row.getBoolean("is_undo"));
    }

    @Override
    public List<Guid> decidedIn(UUID action, @Nullable Guid after, int limit) {
        String sql = """
                select guid from resource
                 where id in (select resource_id from decision where action = ?) and guid >= ? and guid is distinct from ?
                 order by guid limit ?""";
        UUID last = after == null ? null : after.value();
        return transactions.call(unit -> unit.jdbc(connection -> Sql.rows(
                connection,
                sql,
                row -> new Guid(row.getObject(1, UUID.class)),
                action,
                last == null ? new UUID(0, 0) : last,
                last,
                limit)));
    }

    @Override
    public Optional<ReviewAction> action(UUID action) {
        String sql = """
                select min(decision.status) filter (where not is_undo), min(decided_by) filter (where not is_undo),
                       min(at) filter (where not is_undo), min(guid::text) filter (where not is_undo),
                       count(*) filter (where not is_undo), count(*) filter (where is_undo)
                  from decision join resource on resource.id = resource_id where action = ?
                having count(*) filter (where not is_undo) > 0""";
        return transactions.read(connection -> Sql.first(
                connection,
                sql,
                row -> new ReviewAction(
                        action,
                        Status.ofWord(row.getString(1)).orElseThrow(),
                        new UserName(row.getString(2)),
                        row.getTimestamp(3).toInstant(),
                        Guid.of(row.getString(4)),
                        row.getLong(5),
                        row.getLong(6)),
                action));
    }
}
