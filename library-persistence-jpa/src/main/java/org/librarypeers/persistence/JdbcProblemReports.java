package org.librarypeers.persistence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.reports.ProblemReport;
import org.librarypeers.sync.reports.ProblemReportRepository;

/** The reports of readers, one row each. */
record JdbcProblemReports(Transactions transactions) implements ProblemReportRepository {

    private static final String COLUMNS = "id, resource_guid, resource_title, kind, description, email, language,"
            + " reported, closed, closed_by, answer, is_mailed";

    private static final String FORGET = """
            update problem_report set email = null where id = any (array(
                select id from problem_report
                 where email is not null and closed is not null and closed < ? limit ? for update skip locked))""";

    @Override
    public long add(ProblemReport report) {
        String sql = """
                insert into problem_report (resource_guid, resource_title, kind, description, email, language, reported)
                values (?, ?, ?, ?, ?, ?, ?) returning id""";
        return transactions.call(unit -> unit.jdbc(connection -> Sql.first(
                        connection,
                        sql,
                        row -> row.getLong(1),
                        report.resource().value(),
                        report.title(),
                        report.kind().word(),
                        report.text(),
                        report.email(),
                        report.language(),
                        Timestamp.from(report.reported()))
                .orElseThrow()));
    }

    @Override
    public Optional<ProblemReport> find(long id) {
        return transactions.read(connection -> Sql.first(
                connection, "select " + COLUMNS + " from problem_report where id = ?", JdbcProblemReports::report, id));
    }

    @Override
    public List<ProblemReport> page(boolean open, @Nullable Long before, int limit) {
        String sql = "select " + COLUMNS + " from problem_report where closed is " + (open ? "" : "not ")
                + "null and id < ? order by id desc limit ?";
        return transactions.read(connection ->
                Sql.rows(connection, sql, JdbcProblemReports::report, before == null ? Long.MAX_VALUE : before, limit));
    }

    private static ProblemReport report(ResultSet row) throws SQLException {
        Timestamp closed = row.getTimestamp("closed");
        return new ProblemReport(
                row.getLong("id"),
                new Guid(row.getObject("resource_guid", UUID.class)),
                row.getString("resource_title"),
                ProblemReport.Kind.ofWord(row.getString("kind")).orElseThrow(),
                row.getString("description"),
                row.getString("email"),
                row.getString("language"),
                row.getTimestamp("reported").toInstant(),
                closed == null
                        ? null
                        : new ProblemReport.Closing(
                                new UserName(row.getString("closed_by")),
                                closed.toInstant(),
                                row.getString("answer"),
                                row.getBoolean("is_mailed")));
    }

    @Override
    public long openCount() {
        return transactions.read(connection -> Sql.first(
                        connection, "select count(*) from problem_report where closed is null", row -> row.getLong(1))
                .orElseThrow());
    }

    @Override
    public boolean close(long id, ProblemReport.Closing closing) {
        String sql = "update problem_report set closed = ?, closed_by = ?, answer = ?, is_mailed = ?"
                + " where id = ? and closed is null";
        return transactions.call(unit -> unit.jdbc(connection -> Sql.update(
                        connection,
                        sql,
                        Timestamp.from(closing.at()),
                        closing.by().value(),
                        closing.answer(),
                        closing.isMailed(),
                        id)))
                > 0;
    }

    @Override
    public int forgetAddresses(Instant before, int limit) {
        return transactions.call(
                unit -> unit.jdbc(connection -> Sql.update(connection, FORGET, Timestamp.from(before), limit)));
    }
}
