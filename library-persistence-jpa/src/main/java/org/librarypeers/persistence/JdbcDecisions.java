package org.librarypeers.persistence;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PublicationPolicy;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.storage.DecisionRepository;

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
                insert into decision (resource_id, revision, status, decided_by, at, note, policy)
                select resource.id, made.revision, made.status, decided_by, at::timestamptz, note, policy
                  from unnest(?, ?, ?, ?, ?, ?, ?) with ordinality
                       as made (guid, revision, status, decided_by, at, note, policy, position)
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
                texts(connection, decisions, JdbcDecisions::policy))));
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
        String sql = """
                select revision, status, decided_by, at, note, policy from decision
                 where resource_id = (select id from resource where guid = ?) order by id desc""";
        return transactions.call(unit ->
                unit.jdbc(connection -> Sql.rows(connection, sql, row -> decision(resource, row), resource.value())));
    }

    private static Decision decision(Guid resource, ResultSet row) throws SQLException {
        String policy = row.getString("policy");
        return new Decision(
                resource,
                row.getInt("revision"),
                Status.ofWord(row.getString("status")).orElseThrow(),
                new UserName(row.getString("decided_by")),
                row.getTimestamp("at").toInstant(),
                row.getString("note"),
                policy == null ? null : PublicationPolicy.ofWord(policy).orElseThrow());
    }
}
