package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.librarypeers.domain.Count;
import org.librarypeers.sync.storage.StorageException;

/**
 * The other processes of the program that are connected to the database. Each pool has its own application name, under
 * which the server lists its connections.
 */
final class OtherNodes {

    private static final String PREFIX = "library-node-";

    private static final String NUMBER = """
        select count(distinct application_name) from pg_stat_activity
         where datname = current_database() and application_name like '%s%%'
           and application_name <> current_setting('application_name')\
        """.formatted(PREFIX);

    private OtherNodes() {}

    /** Returns a new application name. */
    static String newName() {
        return PREFIX + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    }

    /** Throws if there are other processes. A process that holds no connection at the moment is not noticed. */
    static void requireNone(Connection connection) throws SQLException {
        int others = Sql.first(connection, NUMBER, row -> row.getInt(1)).orElseThrow();
        if (others > 0) {
            throw new StorageException(
                    "the database is in use by " + Count.of(others, "other process", "other processes")
                            + " of the program; nothing was changed. Stop every serve and every other command first",
                    null);
        }
    }
}
