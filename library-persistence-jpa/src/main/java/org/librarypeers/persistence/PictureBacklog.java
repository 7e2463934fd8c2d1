package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.librarypeers.domain.Resource;
import org.librarypeers.sync.pictures.PictureAddress;

/**
 * The resources whose pictures are not recorded yet. A sync does not write here: a resource comes from the {@linkplain
 * SearchBacklog backlog of the search} when it has been indexed, or is found because a revision of it waits.
 */
final class PictureBacklog {

    private static final String ADD_WAITING = """
            insert into picture_backlog (resource_id)
            select id from (
                select id from resource r
                 where waiting_number is not null and waiting_at > ?
                   and not exists (select from picture_waiting_revision w
                                    where w.resource_id = r.id and w.number = r.waiting_number)
                 order by waiting_at limit ?) found
             order by id
                on conflict (resource_id) do nothing""";

    private static final String PICK =
            "select resource_id from picture_backlog order by resource_id limit ? for update skip locked";

    // The update locks the row of a picture that is just being removed, so that it is added again after the removal.
    private static final String ADD_PICTURES = """
            insert into picture (key, address, host, due)
            select key, address, host, ? from unnest(?, ?, ?) as named (key, address, host) order by key
                on conflict (key) do update set key = excluded.key""";

    private static final String FORGET_USES = "delete from picture_use where resource_id = any (?)";

    private static final String ADD_USES = """
            insert into picture_use (resource_id, picture_id)
            select named.resource_id, picture.id
              from unnest(?, ?) as named (resource_id, key) join picture on picture.key = named.key
                on conflict do nothing""";

    private static final String REMEMBER_WAITING = """
            insert into picture_waiting_revision (resource_id, number)
            select id, waiting_number from resource where id = any (?) and waiting_number is not null order by id
                on conflict (resource_id) do update set number = excluded.number""";

    private static final String REMOVE = "delete from picture_backlog where resource_id = any (?)";

    /** More time than passes between the time of a waiting revision and its commit. */
    private static final Duration LONGEST_TRANSACTION = Duration.ofMinutes(10);

    /** The time after which revisions that wait may be unknown. After a start, all of them are compared once. */
    private volatile Instant unknownSince = Instant.EPOCH;

    /** The addresses in the rows to add. */
    private static final class Rows {
        private final Set<String> addresses = new TreeSet<>();
        private final List<Long> resources = new ArrayList<>();
        private final List<String> keys = new ArrayList<>();
    }

    /** Records the pictures of some resources. Returns the number of resources. */
    int scan(UnitOfWork unit, Function<Resource, Set<String>> named, int limit, Instant now) {
        addWaiting(unit, limit, now);
        List<Long> picked = unit.jdbc(connection -> Sql.rows(connection, PICK, row -> row.getLong(1), limit));
        if (picked.isEmpty()) {
            return 0;
        }
        Rows rows = new Rows();
        unit.session()
                .createSelectionQuery("from ResourceEntity r where r.id in :ids order by r.id", ResourceEntity.class)
                .setParameterList("ids", picked)
                .getResultList()
                .forEach(entity -> collect(rows, entity.id(), named.apply(entity.toDomain())));
        unit.jdbc(connection -> write(connection, picked, rows, now));
        return picked.size();
    }

    private void addWaiting(UnitOfWork unit, int limit, Instant now) {
        Timestamp since = Timestamp.from(unknownSince);
        int added = unit.jdbc(connection -> Sql.update(connection, ADD_WAITING, since, limit));
        if (added == 0) {
            unknownSince = now.minus(LONGEST_TRANSACTION);
        }
    }

    private static void collect(Rows rows, long resource, Set<String> addresses) {
        rows.addresses.addAll(addresses);
        for (String address : addresses) {
            rows.resources.add(resource);
            rows.keys.add(PictureAddress.key(address));
        }
    }

    private static int write(Connection connection, List<Long> picked, Rows rows, Instant now) throws SQLException {
        List<String> addresses = List.copyOf(rows.addresses);
        Sql.update(
                connection,
                ADD_PICTURES,
                Timestamp.from(now),
                Sql.texts(
                        connection, addresses.stream().map(PictureAddress::key).toList()),
                Sql.texts(connection, addresses),
                Sql.texts(
                        connection, addresses.stream().map(PictureAddress::host).toList()));
        Sql.update(connection, FORGET_USES, Sql.longs(connection, picked));
        Sql.update(connection, ADD_USES, Sql.longs(connection, rows.resources), Sql.texts(connection, rows.keys));
        Sql.update(connection, REMEMBER_WAITING, Sql.longs(connection, picked));
        return Sql.update(connection, REMOVE, Sql.longs(connection, picked));
    }
}
