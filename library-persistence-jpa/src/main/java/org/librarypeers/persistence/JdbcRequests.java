package org.librarypeers.persistence;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.accounts.RequestLog;

/** A request log with one row per counted request, in an unlogged table. */
final class JdbcRequests implements RequestLog {

    private final Transactions transactions;

    JdbcRequests(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<Instant> times(UserName account, Instant since, int limit) {
        return transactions.call(unit -> unit.jdbc(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select at from api_request where account = ? and at > ? order by at limit ?")) {
                select.setString(1, account.value());
                select.setTimestamp(2, Timestamp.from(since));
                select.setInt(3, limit);
                List<Instant> times = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        times.add(rows.getTimestamp(1).toInstant());
                    }
                }
                return times;
            }
        }));
    }

    @Override
    public void add(UserName account, Instant now, Instant forgotten) {
        transactions.call(unit -> unit.jdbc(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("""
                    with forgotten as (delete from api_request where account = ? and at <= ?)
                    insert into api_request (account, at) select name, ? from account where name = ?""")) {
                statement.setString(1, account.value());
                statement.setTimestamp(2, Timestamp.from(forgotten));
                statement.setTimestamp(3, Timestamp.from(now));
                statement.setString(4, account.value());
                return statement.executeUpdate();
            }
        }));
    }
}
