package org.librarypeers.persistence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.notifications.Outbox;
import org.librarypeers.sync.notifications.OutboxCounts;
import org.librarypeers.sync.notifications.OutboxEntry;
import org.librarypeers.sync.notifications.OutboxMessage;
import org.librarypeers.sync.notifications.OutboxMessage.Channel;

/** An outbox with one row per message. Bodies are encrypted for their row. */
final class JdbcOutbox implements Outbox {

    private static final String ADD = """
            insert into outbox (id, channel, recipient, subject, body, created, expires, due)
            values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing""";

    /** Skips the rows that another process is claiming, so that no process waits. */
    private static final String CLAIM = """
            update outbox set due = ?, attempts = attempts + 1 where id = (
                select id from outbox
                 where channel = ? and due <= ? and sent is null and failed is null
                 order by due limit 1 for update skip locked)
            returning id, channel, recipient, subject, body, created, expires, attempts""";

    private static final String UNSENT = """
            select id, channel, recipient, subject, created, case when failed is null then due end, attempts, error
              from outbox where sent is null order by created, id limit ?""";

    private static final String COUNTS = """
            select channel, count(*) filter (where waiting), count(*) filter (where not waiting),
                   min(created) filter (where waiting)
              from (select channel, created, failed is null and expires > ? as waiting
                      from outbox where sent is null) unsent
             group by channel""";

    private static final String REMOVE = """
            delete from outbox where id = any (array(
                select id from outbox
                 where coalesce(sent, failed) < ? and (sent is not null or failed is not null)
                    or expires < ? and sent is null and failed is null
                 limit ? for update skip locked))""";

    private final Transactions transactions;
    private final Secrets secrets;

    JdbcOutbox(Transactions transactions, Secrets secrets) {
        this.transactions = transactions;
        this.secrets = secrets;
    }

    @Override
    public void add(OutboxMessage message) {
        update(
                ADD,
                message.id(),
                word(message.channel()),
                message.recipient(),
                message.subject(),
                secrets.encrypt(message.body(), row(message.id())),
                Timestamp.from(message.created()),
                Timestamp.from(message.expires()),
                Timestamp.from(message.created()));
    }

    @Override
    public Optional<OutboxMessage> claim(Channel channel, Instant now, Duration claim) {
        if (transactions.isOpen()) {
            throw new IllegalStateException(
                    "a message must be claimed outside of a transaction, so that other processes see it immediately");
        }
        return transactions.call(unit -> unit.jdbc(connection -> Sql.first(
                connection,
                CLAIM,
                this::message,
                Timestamp.from(now.plus(claim)),
                word(channel),
                Timestamp.from(now))));
    }

    private OutboxMessage message(ResultSet rows) throws SQLException {
        UUID id = rows.getObject(1, UUID.class);
        return new OutboxMessage(
                id,
                channel(rows.getString(2)),
                rows.getString(3),
                rows.getString(4),
                secrets.decrypt(rows.getBytes(5), row(id), "the body of message " + id),
                rows.getTimestamp(6).toInstant(),
                rows.getTimestamp(7).toInstant(),
                rows.getInt(8));
    }

    @Override
    public void sent(UUID message, Instant now) {
        update(
                "update outbox set sent = ?, failed = null, error = null, body = null where id = ?",
                Timestamp.from(now),
                message);
    }

    @Override
    public void delayed(UUID message, Instant due, String error) {
        update(
                "update outbox set due = ?, error = ? where id = ? and sent is null and failed is null",
                Timestamp.from(due),
                error,
                message);
    }

    @Override
    public void failed(UUID message, Instant now, String error) {
        update(
                "update outbox set failed = ?, error = ?, body = null where id = ? and sent is null",
                Timestamp.from(now),
                error,
                message);
    }

    @Override
    public List<OutboxEntry> unsent(int limit) {
        return transactions.read(connection -> Sql.rows(
                connection,
                UNSENT,
                rows -> new OutboxEntry(
                        rows.getObject(1, UUID.class),
                        channel(rows.getString(2)),
                        rows.getString(3),
                        rows.getString(4),
                        rows.getTimestamp(5).toInstant(),
                        time(rows, 6),
                        rows.getInt(7),
                        rows.getString(8)),
                limit));
    }

    @Override
    public Map<Channel, OutboxCounts> counts(Instant now) {
        return transactions.read(connection -> Sql.query(
                connection,
                COUNTS,
                rows -> {
                    Map<Channel, OutboxCounts> counts = new EnumMap<>(Channel.class);
                    for (Channel channel : Channel.values()) {
                        counts.put(channel, OutboxCounts.NONE);
                    }
                    while (rows.next()) {
                        counts.put(
                                channel(rows.getString(1)),
                                new OutboxCounts(rows.getLong(2), rows.getLong(3), time(rows, 4)));
                    }
                    return counts;
                },
                Timestamp.from(now)));
    }

    private static @Nullable Instant time(ResultSet rows, int column) throws SQLException {
        Timestamp time = rows.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }

    @Override
    public int removeOld(Instant before, int limit) {
        Timestamp time = Timestamp.from(before);
        return transactions.call(unit -> unit.jdbc(connection -> Sql.update(connection, REMOVE, time, time, limit)));
    }

    private void update(String sql, @Nullable Object... parameters) {
        transactions.call(unit -> unit.jdbc(connection -> Sql.update(connection, sql, parameters)));
    }

    private static String word(Channel channel) {
        return channel.name().toLowerCase(Locale.ROOT);
    }

    private static Channel channel(String word) {
        return Channel.valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Returns the context that binds a ciphertext to the row of a message. */
    static String row(UUID id) {
        return "outbox:" + id;
    }
}
