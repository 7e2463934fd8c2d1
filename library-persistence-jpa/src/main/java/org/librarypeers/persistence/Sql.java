package org.librarypeers.persistence;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Single SQL statements with their parameters, in order. A null parameter has no SQL type of its own: where PostgreSQL cannot
 * infer the type, the statement has a cast.
 */
final class Sql {

    private Sql() {}

    /** Executes a statement and returns the number of changed rows. */
    static int update(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, parameters);
            return statement.executeUpdate();
        }
    }

    /** Executes a query and returns its rows, in order. */
    static <T> List<T> rows(Connection connection, String sql, Reader<T> row, @Nullable Object... parameters)
            throws SQLException {
        Reader<List<T>> all = rows -> {
            List<T> list = new ArrayList<>();
            while (rows.next()) {
                list.add(row.read(rows));
            }
            return list;
        };
        return query(connection, sql, all, parameters);
    }

    /** Executes a query and returns its first row. Empty if there is no row. */
    static <T> Optional<T> first(Connection connection, String sql, Reader<T> row, @Nullable Object... parameters)
            throws SQLException {
        Reader<Optional<T>> first = rows -> rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
        return query(connection, sql, first, parameters);
    }

    /** Executes a query and returns the result of the reader for all rows. */
    static <T> T query(Connection connection, String sql, Reader<T> all, @Nullable Object... parameters)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            set(select, parameters);
            try (ResultSet rows = select.executeQuery()) {
                return all.read(rows);
            }
        }
    }

    /** Returns a statement with its limit, {@code {limit}}, as a number. With a parameter, PostgreSQL expects very many rows. */
    static String limited(String sql, int limit) {
        return sql.replace("{limit}", Integer.toString(limit));
    }

    /** Returns a time as a parameter, with the precision of the tables. */
    static OffsetDateTime time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    /** Returns a parameter of the SQL type {@code text[]}. */
    static Array texts(Connection connection, Collection<? extends @Nullable String> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray(String[]::new));
    }

    /** Returns a parameter of the SQL type {@code uuid[]}. */
    static Array uuids(Connection connection, Collection<? extends @Nullable UUID> uuids) throws SQLException {
        return connection.createArrayOf("uuid", uuids.toArray());
    }

    /** Returns a parameter of the SQL type {@code bigint[]}. */
    static Array longs(Connection connection, Collection<Long> numbers) throws SQLException {
        return connection.createArrayOf("bigint", numbers.toArray(Long[]::new));
    }

    /** Returns a parameter of the SQL type {@code integer[]}. */
    static Array integers(Connection connection, Collection<Integer> numbers) throws SQLException {
        return connection.createArrayOf("integer", numbers.toArray(Integer[]::new));
    }

    private static void set(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }

    /** A function that reads a value from the current row, or from all rows. */
    interface Reader<T> {
        T read(ResultSet rows) throws SQLException;
    }
}
