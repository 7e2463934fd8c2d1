package org.librarypeers.persistence;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The resources whose current words are not in the {@linkplain SearchIndex search index} yet. Saving a resource adds it,
 * in the same transaction, so no crash loses it. The words are written in later transactions, because writing them takes
 * longer than the rest of a sync.
 *
 * <p>A resource that is saved again while another transaction indexes it stays in the backlog. Adding a resource locks
 * its row, even if the row exists. So either the indexing transaction skips the resource, or the save waits for it and
 * then adds the resource again.
 */
final class SearchBacklog {

    // Ordered by id, the order in which all transactions lock the rows.
    private static final String ADD = """
            insert into search_backlog (resource_id)
            select id from unnest(?) as resource (id) order by id
                on conflict (resource_id) do update set resource_id = excluded.resource_id""";

    private static final String PICK =
            "select resource_id from search_backlog order by resource_id limit ? for update skip locked";

    // A search reads entries that are not merged yet once for each bucket.
    private static final String MERGE = "select gin_clean_pending_list('resource_search_words')";

    // Hands the resources over to the backlog of pictures if they name pictures, or did. The update waits for a
    // transaction that scans the resource, whose removal of the row would otherwise hide the change.
    private static final String HAND_OVER = """
            named as (
                insert into picture_backlog (resource_id)
                select id from resource r
                 where id = any (?)
                   and (image is not null or description::text ~* '<img'
                        or exists (select from picture_use u where u.resource_id = r.id))
                 order by id
                    on conflict (resource_id) do update set resource_id = excluded.resource_id)
            """;

    // One statement for all that follows from the words of resources.
    private static final String REMOVE = "with " + JdbcDuplicates.WRITE + ",\n" + HAND_OVER
            + "delete from search_backlog where resource_id = any (?)";

    // An arbitrary key that nothing else in this database uses: the key of the change feed plus one.
    private static final long LOCK = 0x4C69625065657274L;

    private static final String LOCK_AS_ONE_OF_MANY = "select pg_advisory_xact_lock_shared(" + LOCK + ")";

    private static final String LOCK_ALONE = "select pg_advisory_xact_lock(" + LOCK + ")";

    private static final String SIZE = "select count(*) from (select 1 from search_backlog limit ?) counted";

    private SearchBacklog() {}

    /** Adds resources whose words have changed. Does nothing if there are none. */
    static void add(UnitOfWork unit, Collection<Long> resources) {
        if (!resources.isEmpty()) {
            unit.jdbc(connection -> Sql.update(connection, ADD, Sql.longs(connection, resources)));
        }
    }

    /**
     * Writes the words of some resources, in the order in which the resources were created, and removes these from the
     * backlog. Skips resources that another transaction saves or indexes. After the last ones, it merges the index.
     *
     * @return the number of resources whose words were written
     */
    static int index(UnitOfWork unit, int limit) {
        lock(unit, LOCK_AS_ONE_OF_MANY);
        return write(unit, limit);
    }

    /**
     * Does the same as {@link #index}, but first waits for other transactions that are indexing. Unless the backlog is
     * larger than the limit, all resources that were saved before the call are then in the index.
     */
    static int finish(UnitOfWork unit, int limit) {
        lock(unit, LOCK_ALONE);
        return write(unit, limit);
    }

    /**
     * Waits for other transactions that are indexing, and keeps further ones from indexing until the end of this
     * transaction.
     */
    static void lockAlone(UnitOfWork unit) {
        lock(unit, LOCK_ALONE);
    }

    private static void lock(UnitOfWork unit, String how) {
        unit.jdbc(connection -> {
            try (Statement lock = connection.createStatement()) {
                return lock.execute(how);
            }
        });
    }

    private static int write(UnitOfWork unit, int limit) {
        List<Long> picked = unit.jdbc(connection -> Sql.rows(connection, PICK, row -> row.getLong(1), limit));
        if (!picked.isEmpty()) {
            List<ResourceEntity> resources = unit.session()
                    .createSelectionQuery(
                            "from ResourceEntity r where r.id in :ids order by r.id", ResourceEntity.class)
                    .setParameterList("ids", picked)
                    .getResultList();
            SearchIndex.write(unit, resources);
            unit.jdbc(connection -> remove(connection, resources, picked));
            if (picked.size() < limit) {
                unit.jdbc(connection -> Sql.first(connection, MERGE, row -> row.getLong(1)));
            }
        }
        return picked.size();
    }

    private static int remove(Connection connection, List<ResourceEntity> resources, List<Long> picked)
            throws SQLException {
        Array ids = Sql.longs(connection, picked);
        List<Object> parameters = new ArrayList<>(JdbcDuplicates.parameters(connection, resources));
        parameters.add(ids);
        parameters.add(ids);
        return Sql.update(connection, REMOVE, parameters.toArray());
    }

    /** Returns the number of resources in the backlog, but at most a maximum, so that the cost is bounded. */
    static int size(UnitOfWork unit, int max) {
        return unit.jdbc(connection ->
                Sql.first(connection, SIZE, row -> row.getInt(1), max).orElseThrow());
    }
}
