package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.librarypeers.sync.accounts.EventCounter;
import org.librarypeers.sync.accounts.RateLimit;

/** An event counter with one row per event, in an unlogged table. */
final class JdbcEventCounter implements EventCounter {

    /**
     * The statement that deletes the events that no longer count for any subject, and counts the recent events of one
     * subject. It skips rows that another process is deleting, so that no process waits.
     */
    private static final String RECENT = """
            with parameters as (
                select ? as subject, cast(? as timestamptz) as now, cast(? as interval) as length),
            forgotten as (
                delete from counted_event where ctid = any (array(
                    select event.ctid from counted_event event
                     where event.expires <= (select now from parameters)
                        or (event.at >= (select now + length from parameters)
                            and event.expires - event.at <= (select length from parameters))
                       for update skip locked)))
            select count(*), min(event.at), max(event.at)
              from counted_event event, parameters
             where event.subject = parameters.subject
               and event.at > parameters.now - parameters.length and event.at < parameters.now + parameters.length""";

    private static final String FORGET_ONE = """
            delete from counted_event where ctid = (
                select ctid from counted_event where subject = ? and at = ? limit 1 for update)""";

    private static final String EXPIRED = """
            delete from counted_event where ctid = any (array(
                select ctid from counted_event where expires <= ? limit ? for update skip locked))""";

    private final Transactions transactions;

    JdbcEventCounter(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Optional<Instant> admit(String subject, RateLimit limit, Instant now) {
        return transactions.call(unit -> unit.jdbc(connection -> {
            // Events of one subject are serialized. Otherwise concurrent events would not count each other.
            run(connection, "select pg_advisory_xact_lock(hashtextextended(?, 6))", subject);
            Instant next = next(connection, subject, limit, now);
            if (next.isAfter(now)) {
                return Optional.of(next);
            }
            run(
                    connection,
                    "insert into counted_event (subject, at, expires) values (?, ?, ?)",
                    subject,
                    time(now),
                    time(now.plus(limit.window())));
            return Optional.<Instant>empty();
        }));
    }

    private static Instant next(Connection connection, String subject, RateLimit limit, Instant now)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(RECENT)) {
            select.setString(1, subject);
            select.setTimestamp(2, time(now));
            select.setString(3, limit.window().toString());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                long recorded = row.getLong(1);
                return recorded == 0
                        ? now
                        : limit.next(
                                recorded,
                                row.getTimestamp(2).toInstant(),
                                row.getTimestamp(3).toInstant());
            }
        }
    }

    @Override
    public int removeExpired(Instant now, int limit) {
        return transactions.call(unit -> unit.jdbc(connection -> Sql.update(connection, EXPIRED, time(now), limit)));
    }

    @Override
    public void forget(String subject) {
        forget("delete from counted_event where subject = ?", subject);
    }

    @Override
    public void forget(String subject, Instant at) {
        forget(FORGET_ONE, subject, time(at));
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
