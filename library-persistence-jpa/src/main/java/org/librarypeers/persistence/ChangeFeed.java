package org.librarypeers.persistence;

import java.sql.Statement;

/**
 * The assignment of feed positions to changes of served resources. Other resources get a position when they are
 * approved. A reader who has read up to a position never misses a change that is committed later.
 *
 * <p>A sequence alone does not guarantee this: the transaction with the lower of two numbers may commit last, after
 * readers have passed that number. Therefore the numbers are drawn under a lock that is held until the transaction
 * ends, and the order of the positions is the order of the commits. A transaction takes this lock last, after all its
 * row locks. It holds the lock for one statement and the commit, and waits for no other lock meanwhile. The lock
 * therefore cannot cause a deadlock.
 */
final class ChangeFeed {

    // An arbitrary key that nothing else in this database uses: "LibPeers" in ASCII.
    private static final long LOCK = 0x4C69625065657273L;

    private ChangeFeed() {}

    static void assignPositions(UnitOfWork unit) {
        if (unit.changed().isEmpty()) {
            return;
        }
        unit.jdbc(connection -> {
            try (Statement lock = connection.createStatement()) {
                lock.execute("select pg_advisory_xact_lock(" + LOCK + ")");
            }
            return Sql.update(
                    connection,
                    "update resource set feed_position = nextval('feed_position') where id = any (?)",
                    Sql.longs(connection, unit.changed()));
        });
    }
}
