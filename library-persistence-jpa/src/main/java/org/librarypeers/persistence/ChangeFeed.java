package org.librarypeers.persistence;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Gives every change its position, so that whoever has read up to a position never misses what is committed later.
 *
 * <p>A sequence alone does not do it: of two transactions, the one that drew the lower number may commit last, when readers
 * have passed it already. So the numbers are drawn under a lock that is held to the end of the transaction; then the order
 * of the positions is the order of the commits. The lock is the last thing a transaction takes, after all its rows: it is
 * held for one statement and the commit, and nobody who holds it waits for anybody, so it makes no deadlock.
 */
final class ChangeFeed {

    // Any number that nobody else in this database uses: "LibPeers" in ASCII.
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
            return draw(connection, unit.changed().toArray(Long[]::new));
        });
    }

    private static int draw(Connection connection, Long[] resources) throws SQLException {
        Array ids = connection.createArrayOf("bigint", resources);
        try (PreparedStatement update = connection.prepareStatement(
                "update resource set feed_position = nextval('feed_position') where id = any (?)")) {
            update.setArray(1, ids);
            return update.executeUpdate();
        } finally {
            ids.free();
        }
    }
}
