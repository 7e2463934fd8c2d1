package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;

/** Statements that delete the records of old runs. One transaction at a time deletes; others delete nothing. */
final class OldRuns {

    private static final long LOCK = 0x6f6c645f72756e73L;

    private static final String ITEMS = """
            delete from run_item where id = any (array(
                select item.id from run_item item join sync_log run on run.id = item.run_id
                 where run.started < ? and run.status <> 'running'
                 limit ?))""";

    /** The history of resources refers to the runs that withdrew them. */
    private static final String LOGS = """
            delete from sync_log where id = any (array(
                select run.id from sync_log run
                 where run.started < ? and run.status <> 'running'
                   and exists (select from sync_log newer where newer.peer_id = run.peer_id and newer.id > run.id)
                   and not exists (select from past_withdrawal found where found.run_id = run.id)
                   and not exists (select from run_item item where item.run_id = run.id)
                 order by run.id limit ?))""";

    private OldRuns() {}

    static int removeItems(Connection connection, Instant before, int limit) throws SQLException {
        return remove(connection, ITEMS, before, limit);
    }

    static int removeLogs(Connection connection, Instant before, int limit) throws SQLException {
        return remove(connection, LOGS, before, limit);
    }

    private static int remove(Connection connection, String sql, Instant before, int limit) throws SQLException {
        boolean alone = Sql.first(connection, "select pg_try_advisory_xact_lock(?)", row -> row.getBoolean(1), LOCK)
                .orElseThrow();
        return alone ? Sql.update(connection, sql, Timestamp.from(before), limit) : 0;
    }
}
