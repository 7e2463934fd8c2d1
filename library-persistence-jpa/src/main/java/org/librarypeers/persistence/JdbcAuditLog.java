package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.accounts.AuditEntry;
import org.librarypeers.sync.accounts.AuditLog;

/** An audit log on plain JDBC. */
final class JdbcAuditLog implements AuditLog {

    private static final String COLUMNS =
            "at, actor_kind, actor_name, address, action, subject_kind, subject_id, subject_name, details";

    private static final String INSERT =
            "insert into audit_entry (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, cast(? as jsonb))";

    private static final String REMOVE = """
            delete from audit_entry where id = any (array(
                select id from audit_entry where at < ? order by at limit ? for update skip locked))""";

    private static final String REMOVE_ADDRESSES = """
            update audit_entry set address = null where id = any (array(
                select id from audit_entry where at < ? and address is not null order by at limit ?
                   for update skip locked))""";

    private final Transactions transactions;

    JdbcAuditLog(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public void add(AuditEntry entry) {
        transactions.call(unit -> unit.jdbc(connection -> insert(connection, entry)));
    }

    static int insert(Connection connection, AuditEntry entry) throws SQLException {
        AuditEntry.Subject subject = entry.subject();
        return Sql.update(
                connection,
                INSERT,
                Timestamp.from(entry.at()),
                entry.actor().kind().word(),
                entry.actor().name(),
                entry.address(),
                entry.action(),
                subject == null ? null : subject.kind(),
                subject == null ? null : subject.id(),
                subject == null ? null : subject.name(),
                Json.write(entry.details()));
    }

    @Override
    public List<AuditEntry> find(Filter filter, @Nullable Long before, int limit) {
        StringBuilder where = new StringBuilder(" where true");
        List<Object> values = new ArrayList<>();
        add(where, values, "id < ?", before);
        add(where, values, "actor_name = ?", filter.actor());
        add(where, values, "action = ?", filter.action());
        add(where, values, "at >= ?", filter.since() == null ? null : Timestamp.from(filter.since()));
        values.add(limit);
        String sql = "select id, " + COLUMNS + " from audit_entry" + where + " order by id desc limit ?";
        return transactions.read(connection -> Sql.rows(connection, sql, JdbcAuditLog::entry, values.toArray()));
    }

    private static void add(StringBuilder where, List<Object> values, String condition, @Nullable Object value) {
        if (value != null) {
            where.append(" and ").append(condition);
            values.add(value);
        }
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        String kind = row.getString("subject_kind");
        return new AuditEntry(
                row.getLong("id"),
                row.getTimestamp("at").toInstant(),
                new AuditEntry.Actor(
                        AuditEntry.Actor.Kind.ofWord(row.getString("actor_kind")), row.getString("actor_name")),
                row.getString("address"),
                row.getString("action"),
                kind == null
                        ? null
                        : new AuditEntry.Subject(kind, row.getString("subject_id"), row.getString("subject_name")),
                Json.texts(row.getString("details")));
    }

    @Override
    public int removeOld(Instant before, int limit) {
        return update(REMOVE, before, limit);
    }

    @Override
    public int removeAddresses(Instant before, int limit) {
        return update(REMOVE_ADDRESSES, before, limit);
    }

    private int update(String sql, Instant before, int limit) {
        return transactions.call(
                unit -> unit.jdbc(connection -> Sql.update(connection, sql, Timestamp.from(before), limit)));
    }
}
