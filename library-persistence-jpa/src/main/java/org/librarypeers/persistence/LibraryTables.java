package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.librarypeers.persistence.Maintenance.Sequence;
import org.librarypeers.persistence.Maintenance.Table;

/**
 * The library tables and sequences in the schema of a connection, as the catalogue of the database describes them. The
 * schema may also have tables of another application, so only those that the migrations create count.
 *
 * @param tables the tables, each after those that its foreign keys name
 * @param sequences the names of the sequences, in alphabetical order
 */
record LibraryTables(List<Table> tables, List<String> sequences) {

    private static final String COLUMNS = """
            select relname, attname from pg_class join pg_attribute on attrelid = pg_class.oid
             where relnamespace = (select oid from pg_namespace where nspname = current_schema())
               and relkind in ('r', 'p') and relname = any (?)
               and attnum > 0 and not attisdropped and attgenerated = ''
             order by relname, attnum""";

    private static final String FOREIGN_KEYS = """
            select child.relname, parent.relname
              from pg_constraint join pg_class child on child.oid = conrelid join pg_class parent on parent.oid = confrelid
             where contype = 'f' and conrelid <> confrelid
               and connamespace = (select oid from pg_namespace where nspname = current_schema())""";

    /** Sequences that a migration names, and those that a column of a library table owns. */
    private static final String SEQUENCES = """
            select relname from pg_class
             where relnamespace = (select oid from pg_namespace where nspname = current_schema()) and relkind = 'S'
               and (relname = any (?)
                    or exists (select from pg_depend join pg_class owner on owner.oid = refobjid
                                where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype in ('a', 'i')
                                  and owner.relname = any (?)))
             order by relname""";

    static LibraryTables read(Connection connection) throws SQLException {
        List<String> created = Schema.tables();
        Map<String, List<String>> columns = new LinkedHashMap<>();
        Sql.query(
                connection,
                COLUMNS,
                rows -> {
                    while (rows.next()) {
                        columns.computeIfAbsent(rows.getString(1), table -> new ArrayList<>())
                                .add(rows.getString(2));
                    }
                    return columns;
                },
                Sql.texts(connection, created));
        List<Table> tables = inOrder(columns.keySet(), parents(connection)).stream()
                .map(name -> new Table(name, columns.getOrDefault(name, List.of())))
                .toList();
        List<String> sequences = Sql.rows(
                connection,
                SEQUENCES,
                row -> row.getString(1),
                Sql.texts(connection, Schema.sequences()),
                Sql.texts(connection, created));
        return new LibraryTables(tables, sequences);
    }

    private static Map<String, Set<String>> parents(Connection connection) throws SQLException {
        return Sql.query(connection, FOREIGN_KEYS, rows -> {
            Map<String, Set<String>> parents = new HashMap<>();
            while (rows.next()) {
                parents.computeIfAbsent(rows.getString(1), child -> new HashSet<>())
                        .add(rows.getString(2));
            }
            return parents;
        });
    }

    /** Returns the tables so that each one follows its parents. Otherwise, the order is alphabetical. */
    private static List<String> inOrder(Collection<String> names, Map<String, Set<String>> parents) {
        List<String> ordered = new ArrayList<>();
        Set<String> left = new TreeSet<>(names);
        while (!left.isEmpty()) {
            List<String> next = left.stream()
                    .filter(name ->
                            parents.getOrDefault(name, Set.of()).stream().noneMatch(left::contains))
                    .toList();
            if (next.isEmpty()) {
                throw new IllegalStateException("the foreign keys of these tables form a cycle: " + left);
            }
            ordered.addAll(next);
            next.forEach(left::remove);
        }
        return ordered;
    }

    /** Returns the names of the tables, separated by commas, for statements that name them all. */
    String list() {
        return tables.stream().map(table -> quoted(table.name())).collect(Collectors.joining(", "));
    }

    /** Returns a table with its columns in an SQL statement. */
    static String columns(Table table) {
        return quoted(table.name())
                + table.columns().stream().map(LibraryTables::quoted).collect(Collectors.joining(", ", " (", ")"));
    }

    /** Reads the numbers of a sequence. */
    static Sequence sequence(Connection connection, String name) throws SQLException {
        return Sql.first(
                        connection,
                        "select last_value, is_called from " + quoted(name),
                        row -> new Sequence(name, row.getLong(1), row.getBoolean(2)))
                .orElseThrow();
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
