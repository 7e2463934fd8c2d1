package org.librarypeers.persistence;

import java.sql.Timestamp;
import java.time.Instant;
import org.librarypeers.sync.catalogue.FeedReaders;

/** The readers of this library, one row each. */
record JdbcFeedReaders(Transactions transactions) implements FeedReaders {

    private static final String SERVED = """
            insert into feed_reader as known (account, newest, at) values (?, ?, ?)
            on conflict (account) do update set newest = excluded.newest, at = excluded.at
             where known.newest < excluded.newest""";

    @Override
    public void served(String account, Instant newest, Instant now) {
        transactions.single(
                connection -> Sql.update(connection, SERVED, account, Timestamp.from(newest), Timestamp.from(now)));
    }

    @Override
    public long possibleReaders(Instant updated) {
        return transactions.read(connection -> Sql.first(
                        connection,
                        "select count(*) from feed_reader where newest >= ?",
                        row -> row.getLong(1),
                        Timestamp.from(updated))
                .orElseThrow());
    }
}
