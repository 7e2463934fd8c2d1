package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.librarypeers.sync.accounts.AttemptLog;

/** An attempt log with one row per attempt, in an unlogged table. */
final class JdbcAttempts implements AttemptLog {

    /**
     * The statement that deletes expired attempts. It skips rows that another process is deleting, so that no process
     * waits.
     */
    private static final String FORGET = """
            delete from attempt where ctid = any (array(
                select ctid from attempt where at <= ? or at >= ? for update skip locked))""";

    private final Transactions transactions;

    JdbcAttempts(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Optional<Instant> admit(String subject, int free, Instant now, Duration window) {
        return transactions.call(unit -> unit.jdbc(connection -> {
            // Attempts of one subject are serialized. Otherwise concurrent attempts would not count each other.
            run(connection, "select pg_advisory_xact_lock(hashtextextended(?, 6))", subject);
            run(connection, FORGET, time(now.minus(window)), time(now.plus(window)));
            List<Instant> times = times(connection, subject);
            Instant next = AttemptLog.next(times, free, now, window);
            if (next.isAfter(now)) {
                return Optional.of(next);
            }
            run(connection, "insert into attempt (subject, at) values (?, ?)", subject, time(now));
            return Optional.<Instant>empty();
        }));
    }

    private static List<Instant> times(Connection connection, String subject) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select at from attempt where subject = ?")) {
            select.setString(1, subject);
            List<Instant> times = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    times.add(rows.getTimestamp(1).toInstant());
                }
            }
            return times;
        }
    }

    @Override
    public void forget(String subject) {
        forget("delete from attempt where subject = ?", subject);
    }

    @Override
    public void forget(String subject, Instant at) {
        forget("delete from attempt where subject = ? and at = ?", subject, time(at));
    }

    private void forget(String sql, Object... parameters) {
        transactions.call(unit -> unit.jdbc(connection -> run(connection, sql, parameters)));
    }

    private static Timestamp time(Instant time) {
        return Timestamp.from(time.truncatedTo(ChronoUnit.MICROS));
    }

    private static boolean run(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement.execute();
        }
    }
}
