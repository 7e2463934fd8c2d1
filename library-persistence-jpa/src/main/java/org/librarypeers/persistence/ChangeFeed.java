package org.librarypeers.persistence;

import java.sql.Statement;
import java.util.Set;

/**
 * The assignment of feed positions to changes of served resources, and to deletions: resources that are no longer served. Other
 * resources get a position when they are approved. A reader who has read up to a position never misses a change that is committed
 * later.
 *
 * <p>A sequence alone does not guarantee this: the transaction with the lower of two numbers may commit last, after
 * readers have passed that number. Therefore the numbers are drawn under a lock that is held until the transaction
 * ends, and the order of the positions is the order of the commits. A transaction takes this lock last, after all its
 * row locks. It holds the lock for one or two statements and the commit, and waits for no other lock during that time.
 * The lock therefore cannot cause a deadlock.
 *
 * <p>The seconds in which positions are assigned are recorded under the same lock. So datestamps are in the order of the positions.
 */
final class ChangeFeed {

    // An arbitrary key that nothing else in this database uses: "LibPeers" in ASCII.
    private static final long LOCK = 0x4C69625065657273L;

    /**
     * Waits for a transaction that is assigning positions, and returns the current second. Changes that are not visible yet get this
     * time or a later one, because they have to wait for the lock.
     */
    static final String NOW = "select date_trunc('second', clock_timestamp())"
            + " from (select pg_advisory_xact_lock_shared(" + LOCK + ") offset 0) as held";

    /**
     * Takes the lock. Then begins a new second in {@code feed_time} unless it has begun. These are two statements, because the
     * second one must see what was committed while the first one waited. If the clock was set back, the last second continues.
     */
    private static final String BEGIN = "select pg_advisory_xact_lock(" + LOCK + "); " + """
            insert into feed_time (position, at)
            select nextval('feed_position'), clock.second
              from (select date_trunc('second', clock_timestamp()) as second offset 0) as clock
             where clock.second > (select max(at) from feed_time)""";

    private ChangeFeed() {}

    private static final String POSITIONS =
            "update resource set feed_position = nextval('feed_position') where id = any (?)";

    /** Also removes the deletions of resources that are served again. */
    private static final String POSITIONS_OF_RETURNED = "with served as (" + POSITIONS + """
             returning guid, status)
            delete from deletion using served where deletion.guid = served.guid and served.status = 'approved'""";

    private static final String DELETIONS = """
            insert into deletion (guid, at, reason, feed_position)
            select resource.guid, resource.updated,
                   case resource.status
                       when 'rejected' then 'rejected'
                       when 'pending' then 'unpublished'
                       else case when offer.withdrawn is not null then 'withdrawn' else 'archived' end
                   end,
                   nextval('feed_position')
              from resource
              left join offer on offer.peer_id = resource.source_peer and offer.guid = resource.guid
             where resource.id = any (?)
                on conflict (guid) do update
               set at = excluded.at, reason = excluded.reason, feed_position = excluded.feed_position""";

    static void assignPositions(UnitOfWork unit) {
        Set<Long> ended = unit.served().ended();
        if (unit.changed().isEmpty() && ended.isEmpty()) {
            return;
        }
        unit.jdbc(connection -> {
            try (Statement lock = connection.createStatement()) {
                lock.execute(BEGIN);
            }
            if (!unit.changed().isEmpty()) {
                Sql.update(
                        connection,
                        unit.served().hasReturned() ? POSITIONS_OF_RETURNED : POSITIONS,
                        Sql.longs(connection, unit.changed()));
            }
            if (!ended.isEmpty()) {
                Sql.update(connection, DELETIONS, Sql.longs(connection, ended));
            }
            return true;
        });
    }
}
