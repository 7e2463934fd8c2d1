package org.librarypeers.bench;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.librarypeers.embeddedpostgres.EmbeddedPostgres;
import org.postgresql.PGConnection;

/**
 * The baseline of a first sync: the rows of the synthetic resources, written by plain JDBC. Each resource has nine rows
 * (the resource, three links and five tags). The tables have primary and foreign keys, but no search index. Each
 * transaction writes 500 resources.
 */
final class JdbcRows {

    private static final int BATCH = 500;
    private static final String TABLES = """
            create table resource (id bigint primary key, guid uuid not null unique, title text not null,
                                   description text not null, status text not null, updated timestamptz not null);
            create table link (id bigint primary key, resource_id bigint not null references resource, guid uuid not null,
                               title text not null, url text not null, place integer not null);
            create index on link (resource_id);
            create table resource_tag (resource_id bigint not null references resource, place integer not null,
                                       category text not null, name text not null, primary key (resource_id, place))""";

    private final EmbeddedPostgres postgres;
    private final SyntheticLibrary library;
    private int databases;

    JdbcRows(EmbeddedPostgres postgres, SyntheticLibrary library) {
        this.postgres = postgres;
        this.library = library;
    }

    private interface Writer {
        void write(Connection connection, List<SyntheticResource> resources) throws SQLException, IOException;
    }

    /** Writes all resources with batched inserts, which the driver joins, and returns the resources per second. */
    double batches() {
        return write(JdbcRows::insert);
    }

    /** Writes all resources with {@code COPY}, and returns the resources per second. */
    double copy() {
        return write(JdbcRows::copy);
    }

    private double write(Writer writer) {
        String database = "rows_" + ++databases;
        postgres.createDatabaseIfMissing(database);
        String url = postgres.jdbcUrl(database);
        try (Connection connection = DriverManager.getConnection(
                url + (url.contains("?") ? "&" : "?") + "reWriteBatchedInserts=true",
                postgres.user(),
                postgres.password())) {
            try (Statement tables = connection.createStatement()) {
                tables.execute(TABLES);
            }
            connection.setAutoCommit(false);
            long start = System.nanoTime();
            List<SyntheticResource> batch = new ArrayList<>();
            for (int number = 0; number < library.size(); number++) {
                batch.add(library.resource(number, 0));
                if (batch.size() == BATCH || number == library.size() - 1) {
                    writer.write(connection, batch);
                    connection.commit();
                    batch.clear();
                }
            }
            return library.size() / ((System.nanoTime() - start) / 1e9);
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("the JDBC baseline failed", e);
        } finally {
            postgres.dropDatabase(database);
        }
    }

    private static void insert(Connection connection, List<SyntheticResource> resources) throws SQLException {
        try (PreparedStatement resource =
                        connection.prepareStatement("insert into resource values (?, ?, ?, ?, 'pending', now())");
                PreparedStatement link = connection.prepareStatement("insert into link values (?, ?, ?, ?, ?, ?)");
                PreparedStatement tag = connection.prepareStatement("insert into resource_tag values (?, ?, ?, ?)")) {
            for (SyntheticResource each : resources) {
                add(resource, (long) each.number(), each.guid(), each.title(), each.description());
                for (int place = 0; place < each.links().size(); place++) {
                    SyntheticResource.Link one = each.links().get(place);
                    add(
                            link,
                            each.number() * 10L + place,
                            (long) each.number(),
                            one.guid(),
                            one.title(),
                            one.url(),
                            place);
                }
                for (int place = 0; place < each.tags().size(); place++) {
                    SyntheticResource.Tag one = each.tags().get(place);
                    add(tag, (long) each.number(), place, one.category(), one.name());
                }
            }
            resource.executeBatch();
            link.executeBatch();
            tag.executeBatch();
        }
    }

    private static void add(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        statement.addBatch();
    }

    private static void copy(Connection connection, List<SyntheticResource> resources)
            throws SQLException, IOException {
        StringBuilder rows = new StringBuilder();
        StringBuilder links = new StringBuilder();
        StringBuilder tags = new StringBuilder();
        for (SyntheticResource each : resources) {
            line(rows, each.number(), each.guid(), each.title(), each.description(), "pending", "2026-01-01");
            for (int place = 0; place < each.links().size(); place++) {
                SyntheticResource.Link one = each.links().get(place);
                UUID guid = one.guid();
                line(links, each.number() * 10L + place, each.number(), guid, one.title(), one.url(), place);
            }
            for (int place = 0; place < each.tags().size(); place++) {
                SyntheticResource.Tag one = each.tags().get(place);
                line(tags, each.number(), place, one.category(), one.name());
            }
        }
        var copy = connection.unwrap(PGConnection.class).getCopyAPI();
        copy.copyIn("copy resource from stdin", new StringReader(rows.toString()));
        copy.copyIn("copy link from stdin", new StringReader(links.toString()));
        copy.copyIn("copy resource_tag from stdin", new StringReader(tags.toString()));
    }

    /** Appends a line of COPY's text format. The synthetic texts contain nothing that has to be escaped. */
    private static void line(StringBuilder lines, Object... values) {
        for (int i = 0; i < values.length; i++) {
            lines.append(i == 0 ? "" : "\t").append(values[i]);
        }
        lines.append('\n');
    }
}
