package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.Sha256;

/**
 * The recording of the links of public resources, in the order of their feed positions. A sync does not write here. A position never
 * appears below one that can be read (see {@link ChangeFeed}), so no resource is missed.
 */
final class LinkScan {

    private static final String CHANGED = """
            select id, feed_position from resource
             where status = 'approved' and feed_position > ? order by feed_position limit ?""";

    private static final String ADD_HOSTS = """
            insert into link_host (host, free) select distinct host, ?::timestamptz from unnest(?) host order by host
                on conflict (host) do nothing""";

    // The update locks the row of a link that is just being removed, so that it is added again after the removal.
    private static final String ADD_LINKS = """
            insert into link (key, address, host, due)
            select key, address, host, ? from unnest(?, ?, ?) as named (key, address, host) order by key
                on conflict (key) do update set key = excluded.key""";

    private static final String ADD_USES = """
            insert into link_use (resource_id, link_id)
            select named.resource_id, link.id
              from unnest(?, ?) as named (resource_id, key) join link on link.key = named.key
                on conflict do nothing""";

    private LinkScan() {}

    /** The id of a resource and its position. */
    private record Changed(long id, long position) {}

    /** An attachment. */
    private record Named(long resource, String address) {}

    /** Records the links of some resources. Returns the number of resources. */
    static int run(Connection connection, int limit, Instant now) throws SQLException {
        Sql.update(connection, "insert into link_scan (id, position) values (1, 0) on conflict do nothing");
        long position = Sql.first(connection, "select position from link_scan for update", row -> row.getLong(1))
                .orElseThrow();
        List<Changed> changed =
                Sql.rows(connection, CHANGED, row -> new Changed(row.getLong(1), row.getLong(2)), position, limit);
        if (changed.isEmpty()) {
            return 0;
        }
        record(connection, changed.stream().map(Changed::id).toList(), now);
        Sql.update(
                connection,
                "update link_scan set position = ?",
                changed.get(changed.size() - 1).position());
        return changed.size();
    }

    private static void record(Connection connection, List<Long> resources, Instant now) throws SQLException {
        List<Named> named = Sql.rows(
                connection,
                "select resource_id, url from attachment where resource_id = any (?)",
                row -> new Named(row.getLong(1), row.getString(2)),
                Sql.longs(connection, resources));
        Map<String, String> hosts = new TreeMap<>();
        List<Long> users = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        for (Named each : named) {
            PeerHost.ofWritten(each.address()).ifPresent(host -> {
                hosts.put(each.address(), host.toString());
                users.add(each.resource());
                keys.add(Sha256.hex(each.address()));
            });
        }
        Timestamp time = Timestamp.from(now);
        Sql.update(connection, ADD_HOSTS, time, Sql.texts(connection, hosts.values()));
        Sql.update(
                connection,
                ADD_LINKS,
                time,
                Sql.texts(connection, hosts.keySet().stream().map(Sha256::hex).toList()),
                Sql.texts(connection, hosts.keySet()),
                Sql.texts(connection, hosts.values()));
        Sql.update(connection, "delete from link_use where resource_id = any (?)", Sql.longs(connection, resources));
        Sql.update(connection, ADD_USES, Sql.longs(connection, users), Sql.texts(connection, keys));
    }
}
