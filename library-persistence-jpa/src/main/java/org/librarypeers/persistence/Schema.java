package org.librarypeers.persistence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.librarypeers.sync.storage.StorageException;

/** The state of the library tables in the schema to which a connection is set. */
enum Schema {

    /** No library tables yet. */
    NONE,

    /** Library tables of an earlier version. */
    OLDER,

    /** Library tables of this version. */
    CURRENT;

    /** The location of the migrations on the class path. An application's own migrations are elsewhere. */
    static final String MIGRATIONS = "org/librarypeers/persistence/schema";

    /** The table in which Flyway records the migrations. An application's own Flyway uses another one. */
    static final String HISTORY = "library_schema_history";

    /** The scripts of the migrations, in order. The last one brings the tables to this version. */
    static final List<String> SCRIPTS = List.of(
            "V1__library.sql",
            "V2__counts_and_orders.sql",
            "V3__search_backlog.sql",
            "V4__search_buckets.sql",
            "V5__audit_log.sql",
            "V6__notifications.sql",
            "V7__publication_policy.sql",
            "V8__inbox.sql",
            "V9__curation.sql",
            "V10__pictures.sql",
            "V11__search.sql",
            "V12__staff.sql",
            "V13__settings.sql",
            "V14__deletion_log.sql",
            "V15__peer_access.sql",
            "V16__selection.sql",
            "V17__former_addresses.sql",
            "V18__links.sql",
            "V19__due_links.sql",
            "V20__feed_times.sql",
            "V21__oai_peers.sql",
            "V22__served_versions.sql",
            "V23__order_of_tags.sql",
            "V24__early_deletions.sql",
            "V25__bulk_changes.sql");

    private static final String UNDEFINED_TABLE = "42P01";
    private static final Pattern SEQUENCE = Pattern.compile("^create sequence (\\w+)", Pattern.MULTILINE);
    private static final Pattern TABLE = Pattern.compile("^create (?:unlogged )?table (\\w+)", Pattern.MULTILINE);

    /** Tables that every development build had. No other application is likely to have both. */
    private static final Set<String> SIGNS_OF_A_DEVELOPMENT_BUILD = Set.of("harvest", "sync_log");

    /**
     * Reads the version of the tables with a single query, if there are any.
     *
     * @throws StorageException if a later version of the program has changed the tables, because this version might
     *     damage them; or if there are tables of a development build or of another application under the names of the
     *     library tables
     */
    static Schema read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select version, script, installed_by from " + HISTORY
                        + " where type = 'SQL' order by installed_rank desc")) {
            Schema found = NONE;
            while (rows.next()) {
                String script = rows.getString(2);
                requireKnown(rows.getString(1), script, rows.getString(3));
                found = found == CURRENT || script.equals(SCRIPTS.get(SCRIPTS.size() - 1)) ? CURRENT : OLDER;
            }
            return found;
        } catch (SQLException e) {
            if (!UNDEFINED_TABLE.equals(e.getSQLState())) {
                throw e;
            }
        }
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
        requireUnused(tablesInTheWay(connection));
        return NONE;
    }

    private static void requireKnown(String version, String script, String program) {
        if (Schema.class.getResource("/" + MIGRATIONS + "/" + script) == null) {
            throw new StorageException(
                    "the database was changed by a later version of the program (" + program + ", to schema version "
                            + version
                            + "), and this one could damage it; nothing was changed. Run " + program
                            + " or later, or restore a backup from before the upgrade (see UPGRADING.md)",
                    null);
        }
    }

    /** Returns the existing tables that have the name of a library table, in alphabetical order. */
    private static List<String> tablesInTheWay(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select tablename from pg_tables"
                + " where schemaname = current_schema() and tablename = any (?) order by tablename")) {
            select.setArray(1, connection.createArrayOf("text", tables().toArray()));
            List<String> tables = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            return tables;
        }
    }

    private static void requireUnused(List<String> tables) {
        if (tables.containsAll(SIGNS_OF_A_DEVELOPMENT_BUILD)) {
            throw new StorageException(
                    "the database was made by a development build, and this version cannot read its tables; nothing was"
                            + " changed. Use an empty database or another home, and import what that build exports (see"
                            + " UPGRADING.md)",
                    null);
        }
        if (!tables.isEmpty()) {
            throw new StorageException(
                    "the database already has tables of another application under the names of library tables ("
                            + String.join(", ", tables)
                            + "); nothing was changed. Use an empty database, or give the library a schema of its own",
                    null);
        }
    }

    /** Returns the version of the tables that the last script makes. */
    static int latest() {
        String last = SCRIPTS.get(SCRIPTS.size() - 1);
        return Integer.parseInt(last.substring(1, last.indexOf("__")));
    }

    /** Returns the version of the existing tables. */
    static int version(Connection connection) throws SQLException {
        String sql = "select max(version::integer) from " + HISTORY + " where type = 'SQL' and success";
        return Sql.first(connection, sql, row -> row.getInt(1)).orElse(0);
    }

    /** Returns the names of the tables that the migrations create. */
    static List<String> tables() {
        return created(TABLE);
    }

    /** Returns the names of the sequences that the migrations create, without those of identity columns. */
    static List<String> sequences() {
        return created(SEQUENCE);
    }

    private static List<String> created(Pattern statement) {
        return SCRIPTS.stream()
                .flatMap(script -> statement
                        .matcher(new String(script(script), StandardCharsets.UTF_8))
                        .results())
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    /** Returns the content of a script. */
    static byte[] script(String name) {
        try (InputStream sql =
                Objects.requireNonNull(Schema.class.getResourceAsStream("/" + MIGRATIONS + "/" + name))) {
            return sql.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
