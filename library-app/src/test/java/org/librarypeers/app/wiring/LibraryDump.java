package org.librarypeers.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.contract.Await;

/**
 * A dump of a peer's resources that can be compared between two databases. It leaves out times and generated ids, and
 * names referenced rows by their GUIDs or names.
 */
public final class LibraryDump {

    /** Tables, each with the columns that identify its rows in place of ids. */
    private static final Map<String, String> TABLES = new TreeMap<>(Map.of(
            "resource", "from resource t",
            "attachment", ", (select guid from resource where id = t.resource_id) from attachment t",
            "category", "from category t",
            "tag", ", (select name from category where id = t.category_id) from tag t",
            "resource_tag", """
                    , (select guid from resource where id = t.resource_id),
                    (select guid from tag where id = t.tag_id) from resource_tag t""",
            "revision", ", (select guid from resource where id = t.resource_id) from revision t",
            // Without the ids of tags, which are lexemes too.
            "resource_search", """
                    - 'words' || jsonb_build_object('words', regexp_replace(words::text, '''\\d+#\\d+'' ?', '', 'g')),
                    (select guid from resource where id = t.resource_id) from resource_search t""",
            "offer", "from offer t",
            "quarantined_item", "from quarantined_item t"));

    /** Columns that come from a sequence or name the run that wrote the row. */
    private static final String DRAWN = "'id', 'resource_id', 'tag_id', 'category_id', 'feed_position', 'author_run'";

    private static final int INDEXED_AT_A_TIME = 1_000;

    private LibraryDump() {}

    /** Adds all saved resources to the search index, which is a part of the dump. */
    public static void index(Library library) {
        Catalogue catalogue = library.storage().catalogue();
        Await.await("every resource is indexed", () -> {
            catalogue.index(INDEXED_AT_A_TIME);
            return catalogue.unindexed(1) == 0;
        });
    }

    /** Returns the dump with one line per row. */
    public static List<String> of(Connection connection) throws SQLException {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, String> table : TABLES.entrySet()) {
            String sql = "select '" + table.getKey() + "', to_jsonb(t) - array(" + leftOut(table.getKey()) + ") "
                    + table.getValue();
            rows(connection, sql).stream().sorted().forEach(lines::add);
        }
        lines.addAll(rows(connection, "select 'harvest', peer_id, cursor_token, cursor_up_to from harvest"));
        return lines;
    }

    /** Fails with the first lines that differ. */
    public static void assertSame(List<String> expected, List<String> actual) {
        List<String> missing = firstWithout(expected, actual);
        List<String> unexpected = firstWithout(actual, expected);
        assertThat(unexpected).as("lines that differ").isEqualTo(missing);
        assertThat(actual).hasSameSizeAs(expected);
    }

    private static List<String> firstWithout(List<String> some, List<String> others) {
        Set<String> all = new HashSet<>(others);
        return some.stream().filter(line -> !all.contains(line)).limit(3).toList();
    }

    private static String leftOut(String table) {
        return "select column_name::text from information_schema.columns where table_schema = 'public' and table_name = '"
                + table + "' and (data_type = 'timestamp with time zone' or column_name in (" + DRAWN + "))";
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                StringBuilder line = new StringBuilder();
                for (int column = 1; column <= columns; column++) {
                    line.append(column == 1 ? "" : " ").append(rows.getString(column));
                }
                lines.add(line.toString());
            }
        }
        return lines;
    }
}
