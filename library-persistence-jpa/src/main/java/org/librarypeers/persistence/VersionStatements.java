package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerId;
import org.librarypeers.sync.peer.GuidRange;
import org.librarypeers.sync.peer.RangeSummarizer;
import org.librarypeers.sync.peer.RangeSummary;

/**
 * Statements on the versions of what is served, and of what was read from peers, in ranges of GUIDs. They hold few rows in memory, so
 * the connection must be in a transaction.
 */
final class VersionStatements {

    /** The number of rows that are held in memory. */
    private static final int AT_ONCE = 5_000;

    private static final String IN_RANGE = " from resource where status = 'approved' and guid between ? and ?";

    private static final String READ = """
            select guid, version from offer
             where peer_id = ? and guid between ? and ? and withdrawn is null
               and remote_id is not null and version is not null""";

    private static final String UNREAD = """
            select exists (
                select from resource
                  left join offer on offer.peer_id = resource.source_peer and offer.guid = resource.guid
                 where resource.source_peer = ? and offer.withdrawn is null
                   and (offer.version is null or offer.remote_id is null))""";

    private final Connection connection;

    VersionStatements(Connection connection) {
        this.connection = connection;
    }

    RangeSummary served(GuidRange range, int parts, Function<Instant, String> version) throws SQLException {
        UUID first = range.first().value();
        UUID last = range.last().value();
        long count = Sql.first(connection, "select count(*)" + IN_RANGE, row -> row.getLong(1), first, last)
                .orElseThrow();
        RangeSummarizer summarizer = new RangeSummarizer(range, count, parts);
        try (PreparedStatement select =
                connection.prepareStatement("select guid, id, updated" + IN_RANGE + " order by guid")) {
            select.setFetchSize(AT_ONCE);
            select.setObject(1, first);
            select.setObject(2, last);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Row row = new Row(rows);
                    summarizer.add(new Guid(row.uuid()), Long.toString(row.number()), version.apply(row.time()));
                }
            }
        }
        return summarizer.summary();
    }

    boolean hasUnreadFollowers(PeerId peer) throws SQLException {
        return Sql.first(connection, UNREAD, row -> row.getBoolean(1), peer.value())
                .orElseThrow();
    }

    void read(PeerId peer, GuidRange range, BiConsumer<Guid, String> consumer) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(READ)) {
            select.setFetchSize(AT_ONCE);
            select.setLong(1, peer.value());
            select.setObject(2, range.first().value());
            select.setObject(3, range.last().value());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Row row = new Row(rows);
                    consumer.accept(new Guid(row.uuid()), row.text());
                }
            }
        }
    }
}
