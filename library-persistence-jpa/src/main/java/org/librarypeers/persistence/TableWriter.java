package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A writer that inserts or updates any number of rows of a table in one statement. Each column is sent as one array, so
 * that the statement is the same for every number of rows and stays prepared.
 *
 * @param <E> the type of a row
 */
final class TableWriter<E> {

    /** The number of characters after which a statement is sent, so that a set of huge rows is split. */
    private static final int FULL = 4_000_000;

    private final String table;
    private final List<Column<E>> columns = new ArrayList<>();

    private TableWriter(String table) {
        this.table = table;
    }

    /**
     * A column.
     *
     * @param type the SQL type
     * @param value returns the value of a row; its text is what PostgreSQL parses
     * @param fixed whether the value never changes once a row is inserted
     */
    private record Column<E>(
            String name, String type, Function<? super E, ? extends @Nullable Object> value, boolean fixed) {
        @Nullable
        String text(E row) {
            Object cell = value.apply(row);
            return cell == null ? null : cell.toString();
        }

        /** Returns the SQL value. The columns of a statement are sent as texts. */
        String read() {
            return "row." + name + (type.equals("text") ? "" : "::" + type);
        }
    }

    static <E> TableWriter<E> of(String table) {
        return new TableWriter<>(table);
    }

    /** Adds a column. */
    TableWriter<E> column(String name, String type, Function<? super E, ? extends @Nullable Object> value) {
        columns.add(new Column<>(name, type, value, false));
        return this;
    }

    /** Adds a column that an update leaves as it is. The first one of a table is its key. */
    TableWriter<E> fixed(String name, String type, Function<? super E, ? extends @Nullable Object> value) {
        columns.add(new Column<>(name, type, value, true));
        return this;
    }

    /** Inserts the rows. Does nothing if there are none. */
    void insert(Connection connection, List<E> rows) throws SQLException {
        send(
                connection,
                rows,
                columns,
                from -> "insert into " + table + " (" + names(columns) + ") select "
                        + columns.stream().map(Column::read).collect(Collectors.joining(", ")) + from);
    }

    /** Updates the rows with the same keys. Does nothing if there are none. */
    void update(Connection connection, List<E> rows) throws SQLException {
        Column<E> key = columns.get(0);
        List<Column<E>> changed =
                columns.stream().filter(column -> !column.fixed()).toList();
        List<Column<E>> sent = Stream.concat(Stream.of(key), changed.stream()).toList();
        send(
                connection,
                rows,
                sent,
                from -> "update " + table + " set "
                        + changed.stream()
                                .map(column -> column.name() + " = " + column.read())
                                .collect(Collectors.joining(", "))
                        + from + " where " + table + "." + key.name() + " = " + key.read());
    }

    /** Sends the rows in statements that are not too large. */
    private void send(Connection connection, List<E> rows, List<Column<E>> sent, UnaryOperator<String> statement)
            throws SQLException {
        String parameters = sent.stream().map(column -> "?").collect(Collectors.joining(", "));
        String sql = statement.apply(" from unnest(" + parameters + ") as row (" + names(sent) + ")");
        for (int from = 0; from < rows.size(); ) {
            @Nullable String[][] cells = new String[sent.size()][rows.size() - from];
            int to = from;
            for (int size = 0; to < rows.size() && size < FULL; to++) {
                for (int column = 0; column < cells.length; column++) {
                    String text = sent.get(column).text(rows.get(to));
                    cells[column][to - from] = text;
                    size += text == null ? 0 : text.length();
                }
            }
            Object[] arrays = new Object[cells.length];
            for (int column = 0; column < cells.length; column++) {
                // Arrays of texts are the only ones that the driver sends as they are, and SQL cannot unnest arrays of
                // arrays.
                arrays[column] =
                        Sql.texts(connection, Arrays.asList(cells[column]).subList(0, to - from));
            }
            Sql.update(connection, sql, arrays);
            from = to;
        }
    }

    private static <E> String names(List<Column<E>> columns) {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }
}
