package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The place of a server in the history of the database.
 *
 * @param standby whether the server replays the changes of another one
 * @param position the position in the write-ahead log, in bytes: on the primary, that up to which every visible change is
 *     logged; on a standby, that up to which it has replayed the log
 * @param timeline the number of the history, which increases with each failover
 * @param started when the server started, in microseconds; it identifies the server among those of one cluster
 * @param system the identifier of the database cluster
 * @param library the id of the library in the database
 */
record ServerState(boolean standby, long position, int timeline, long started, long system, UUID library) {

    private static final String STARTED = "(extract(epoch from pg_postmaster_start_time()) * 1000000)::bigint";

    // A visible change is logged on disk before, unless commits do not wait for the disk. The name of a log file begins
    // with the timeline; asking for it fails on a standby, which is therefore never mistaken for the primary.
    private static final String PRIMARY = """
            select false,
                   (case current_setting('synchronous_commit')
                        when 'off' then pg_current_wal_insert_lsn() else pg_current_wal_flush_lsn() end
                    - '0/0')::bigint,
                   ('x' || left(pg_walfile_name(pg_current_wal_flush_lsn()), 8))::bit(32)::integer,
                   %s, system_identifier, (select id from library), pg_backend_pid()
              from pg_control_system()""".formatted(STARTED);

    // Both timelines lag behind the one that is being replayed, but never exceed it.
    private static final String REPLICA = """
            select pg_is_in_recovery(),
                   coalesce((pg_last_wal_replay_lsn() - '0/0')::bigint, 0),
                   greatest(timeline_id, min_recovery_end_timeline),
                   %s, system_identifier, (select id from library), pg_backend_pid()
              from pg_control_checkpoint(), pg_control_recovery(), pg_control_system()""".formatted(STARTED);

    /**
     * Returns the state of the primary. Its position includes every change that was visible before this call.
     *
     * @throws SQLException if the server cannot be asked or is a standby
     */
    static ServerState ofPrimary(Connection connection) throws SQLException {
        return read(connection, PRIMARY);
    }

    /** Returns the state of a server that may be a standby. Every change up to its position is visible to later queries. */
    static ServerState ofReplica(Connection connection) throws SQLException {
        return read(connection, REPLICA);
    }

    private static ServerState read(Connection connection, String sql) throws SQLException {
        return Sql.first(connection, sql, row -> {
                    Poolers.adapt(connection, row.getInt(7));
                    return new ServerState(
                            row.getBoolean(1),
                            row.getLong(2),
                            row.getInt(3),
                            row.getLong(4),
                            row.getLong(5),
                            row.getObject(6, UUID.class));
                })
                .orElseThrow(() -> new SQLException("the server does not tell its state"));
    }

    /** Returns this state at another position. */
    ServerState at(long other) {
        return new ServerState(standby, other, timeline, started, system, library);
    }

    /** Returns why this server cannot stand in for the primary, however much it has replayed; null if it can. */
    @Nullable
    String unfitFor(ServerState primary) {
        if (system != primary.system || !library.equals(primary.library)) {
            return "it has another database than the primary; correct db.read-url";
        }
        if (!standby && started != primary.started) {
            return "it is neither a standby nor the primary; correct db.read-url, or make it a standby of the primary";
        }
        if (standby && timeline != primary.timeline) {
            return "it has not followed the last failover of the primary yet";
        }
        return null;
    }

    /** Returns the number of bytes of the log up to the primary's position that this server has not replayed; 0 for none. */
    long missing(ServerState primary) {
        return standby ? Math.max(0, primary.position - position) : 0;
    }
}
