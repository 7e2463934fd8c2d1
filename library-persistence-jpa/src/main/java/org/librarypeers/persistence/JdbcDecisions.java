package org.librarypeers.persistence;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.List;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.Guid;
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
        transactions.call(unit -> unit.jdbc(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("""
                    insert into decision (resource_id, revision, status, decided_by, at, note)
                    select id, ?, ?, ?, ?, ? from resource where guid = ?""")) {
                for (Decision decision : decisions) {
                    insert.setInt(1, decision.revision());
                    insert.setString(2, decision.status().word());
                    insert.setString(3, decision.by().value());
                    insert.setTimestamp(4, Timestamp.from(decision.at()));
                    insert.setString(5, decision.note());
                    insert.setObject(6, decision.resource().value());
                    insert.addBatch();
                }
                return insert.executeBatch();
            }
        }));
    }

    @Override
    public List<Decision> about(Guid resource) {
        String sql = """
                select revision, status, decided_by, at, note from decision
                 where resource_id = (select id from resource where guid = ?) order by id desc""";
        return transactions.call(unit ->
                unit.jdbc(connection -> Sql.rows(connection, sql, row -> decision(resource, row), resource.value())));
    }

    private static Decision decision(Guid resource, ResultSet row) throws SQLException {
        return new Decision(
                resource,
                row.getInt("revision"),
                Status.ofWord(row.getString("status")).orElseThrow(),
                new UserName(row.getString("decided_by")),
                row.getTimestamp("at").toInstant(),
                row.getString("note"));
    }
}
