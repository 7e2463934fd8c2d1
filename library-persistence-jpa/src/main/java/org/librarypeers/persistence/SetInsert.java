package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An insert of any number of rows in one statement. Each column is sent as one array, so that the statement is the same
 * for every number of rows and stays prepared.
 *
 * @param <E> the type of a row
 */
final class SetInsert<E> {

    /** The number of characters after which a statement is sent, so that a set of huge rows is split. */
    private static final int FULL = 4_000_000;

    private final String table;
    private final List<Column<E>> columns = new ArrayList<>();

    private SetInsert(String table) {
        this.table = table;
    }

    /**
     * A column.
     *
     * @param type the SQL type
     * @param value returns the value of a row; its text is what PostgreSQL parses
     */
    private record Column<E>(String name, String type, Function<? super E, ? extends @Nullable Object> value) {

        /** Returns the type of the elements that are sent. SQL cannot unnest arrays of arrays, so they are sent as text. */
        String sentType() {
            return type.endsWith("[]") ? "text" : type;
        }

        @Nullable
        String text(E row) {
            Object cell = value.apply(row);
            return cell == null ? null : cell.toString();
        }
    }

    static <E> SetInsert<E> into(String table) {
        return new SetInsert<>(table);
    }

    /** Adds a column to this statement. */
    SetInsert<E> column(String name, String type, Function<? super E, ? extends @Nullable Object> value) {
        columns.add(new Column<>(name, type, value));
        return this;
    }

    /** Inserts the rows. Does nothing if there are none. */
    void insert(Connection connection, Collection<E> rows) throws SQLException {
        List<List<@Nullable String>> cells = new ArrayList<>();
        int size = 0;
        for (E row : rows) {
            List<@Nullable String> texts =
                    columns.stream().map(column -> column.text(row)).toList();
            cells.add(texts);
            for (String text : texts) {
                size += text == null ? 0 : text.length();
            }
            if (size >= FULL) {
                send(connection, cells);
                cells.clear();
                size = 0;
            }
        }
        if (!cells.isEmpty()) {
            send(connection, cells);
        }
    }

    private void send(Connection connection, List<List<@Nullable String>> cells) throws SQLException {
        Object[] arrays = new Object[columns.size()];
        for (int i = 0; i < arrays.length; i++) {
            int column = i;
            arrays[i] = connection.createArrayOf(
                    columns.get(i).sentType(),
                    cells.stream().map(row -> row.get(column)).toArray(String[]::new));
        }
        Sql.update(connection, sql(), arrays);
    }

    private String sql() {
        String names = columns.stream().map(Column::name).collect(Collectors.joining(", "));
        String values = columns.stream()
                .map(column -> column.name() + "::" + column.type())
                .collect(Collectors.joining(", "));
        String parameters = columns.stream().map(column -> "?").collect(Collectors.joining(", "));
        return "insert into " + table + " (" + names + ") select " + values + " from unnest(" + parameters
                + ") as row (" + names + ")";
    }
}
