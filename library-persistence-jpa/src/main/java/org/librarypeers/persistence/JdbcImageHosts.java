package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.sync.catalogue.ImageHostRepository;

/** A repository of image hosts with one row per host. */
final class JdbcImageHosts implements ImageHostRepository {

    /**
     * An SQL expression for a date after the stored one, even if this library's clock was set back. Clients that
     * compare dates therefore notice the change.
     */
    private static final String LATER = "greatest(?, updated + interval '1 microsecond')";

    private final Transactions transactions;

    JdbcImageHosts(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Optional<ImageHost> find(PeerHost host) {
        return transactions.read(connection -> Sql.first(
                connection,
                "select answers, checked from image_host where host = ?",
                row -> new ImageHost(
                        host, row.getBoolean(1), row.getTimestamp(2).toInstant()),
                host.toString()));
    }

    @Override
    public void save(ImageHost host) {
        transactions.call(unit -> unit.jdbc(connection -> {
            if (isChanged(connection, host)) {
                move(
                        connection,
                        host,
                        "resource",
                        "update resource set updated = " + LATER + " where id = any (?) and status = 'approved'");
                move(connection, host, "tag", "update resource set updated = " + LATER + """
                    where id in (select resource_id from resource_tag where tag_id = any (?)) and status = 'approved'\
                    """);
            }
            return true;
        }));
    }

    /**
     * Saves the host and returns whether {@code answers} changed. Locks the row, so that only one of two concurrent
     * saves of the same change moves the dates.
     */
    private static boolean isChanged(Connection connection, ImageHost host) throws SQLException {
        String name = host.host().toString();
        Optional<Boolean> before = Sql.first(
                connection, "select answers from image_host where host = ? for update", row -> row.getBoolean(1), name);
        Sql.update(connection, """
            insert into image_host (host, answers, checked) values (?, ?, ?)
                on conflict (host) do update set answers = excluded.answers, checked = excluded.checked\
            """, name, host.answers(), Timestamp.from(host.checked()));
        return before.isPresent() && before.get() != host.answers();
    }

    private static void move(Connection connection, ImageHost host, String table, String update) throws SQLException {
        List<Long> ids = withImageAt(connection, host.host(), table);
        if (!ids.isEmpty()) {
            Sql.update(connection, update, Timestamp.from(host.checked()), Sql.longs(connection, ids));
        }
    }

    /**
     * Returns the ids of the rows whose image is on the host. The database preselects addresses that contain the host
     * name; the exact comparison is made here.
     */
    private static List<Long> withImageAt(Connection connection, PeerHost host, String table) throws SQLException {
        String sql = "select id, image from " + table + " where position(? in lower(image)) > 0 order by id";
        Sql.Reader<List<Long>> ids = rows -> {
            List<Long> found = new ArrayList<>();
            while (rows.next()) {
                if (PeerHost.ofAddress(rows.getString(2)).filter(host::equals).isPresent()) {
                    found.add(rows.getLong(1));
                }
            }
            return found;
        };
        return Sql.query(connection, sql, ids, host.uri().getHost());
    }
}
