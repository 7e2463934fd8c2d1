package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
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
    void insert(Connection connection, List<E> rows) throws SQLException {
        for (int from = 0; from < rows.size(); ) {
            from = send(connection, rows, from);
        }
    }

    /** Inserts the rows from an index on, until a statement is full. Returns the index of the first row that is left. */
    private int send(Connection connection, List<E> rows, int from) throws SQLException {
        @Nullable String[][] cells = new String[columns.size()][rows.size() - from];
        int row = from;
        for (int size = 0; row < rows.size() && size < FULL; row++) {
            for (int column = 0; column < cells.length; column++) {
                String text = columns.get(column).text(rows.get(row));
                cells[column][row - from] = text;
                size += text == null ? 0 : text.length();
            }
        }
        Object[] arrays = new Object[cells.length];
        for (int column = 0; column < cells.length; column++) {
            // The driver sends arrays of text, and no others, as they are. SQL cannot unnest arrays of arrays either.
            arrays[column] = Sql.texts(connection, Arrays.asList(cells[column]).subList(0, row - from));
        }
        Sql.update(connection, sql(), arrays);
        return row;
    }

    private String sql() {
        String names = columns.stream().map(Column::name).collect(Collectors.joining(", "));
        String values = columns.stream()
                .map(column -> column.type().equals("text") ? column.name() : column.name() + "::" + column.type())
                .collect(Collectors.joining(", "));
        String parameters = columns.stream().map(column -> "?").collect(Collectors.joining(", "));
        return "insert into " + table + " (" + names + ") select " + values + " from unnest(" + parameters
                + ") as row (" + names + ")";
    }
}
