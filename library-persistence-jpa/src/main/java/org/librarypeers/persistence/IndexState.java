package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of the search index that a search needs, read with a single statement.
 *
 * @param unindexed the number of resources whose current words are not in the index yet, at most a maximum
 * @param languages the languages whose stems are in the index
 * @param schema the schema of the extension that finds similar words; null if it does not exist or may not be used
 */
record IndexState(
        int unindexed, List<String> languages, @Nullable String schema) {

    private static final String READ = """
            select (select count(*) from (select 1 from search_backlog limit ?) counted),
                   array(select distinct code from search_language),
                   (select nspname from pg_extension join pg_namespace on pg_namespace.oid = extnamespace
                     where extname = 'pg_trgm' and has_schema_privilege(pg_namespace.oid, 'usage'))""";

    /** Reads the state. Counts at most {@code max} resources. */
    static IndexState read(Connection connection, int max) throws SQLException {
        return Sql.first(
                        connection,
                        READ,
                        row -> new IndexState(
                                row.getInt(1),
                                List.of((String[]) row.getArray(2).getArray()),
                                row.getString(3)),
                        max)
                .orElseThrow();
    }

    /** Returns the schema of the extension. Empty if it cannot be used. */
    Optional<String> extension() {
        return Optional.ofNullable(schema);
    }
}
