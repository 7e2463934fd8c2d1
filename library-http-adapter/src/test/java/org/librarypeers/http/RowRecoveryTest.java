package org.librarypeers.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.http.RowRecovery.Found;
import org.librarypeers.http.RowRecovery.Piece;

/** Tests of the search for rows in broken JSON. {@link UnreadableRowsTest} tests it against a site. */
class RowRecoveryTest {

    private static final String END = "]}";

    private static String row(int id) {
        return "{\"id\": " + id + ", " + uri(id) + "}";
    }

    private static String uri(int id) {
        return "\"resource_uri\": \"/api/v1/resource/" + id + "/\"";
    }

    /** A row with a quotation mark too many. */
    private static String broken(int id) {
        return "{\"title\": \"a\"b\", " + uri(id) + "}";
    }

    private static Optional<Found> found(String text) {
        return RowRecovery.of(text, object -> object.has("resource_uri"));
    }

    /** Returns the id of each readable row, and the text of each unreadable one. */
    private static List<String> pieces(String text) {
        return found(text).orElseThrow().pieces().stream()
                .map(RowRecoveryTest::shown)
                .toList();
    }

    private static String shown(Piece piece) {
        return piece.row() == null ? piece.text() : piece.row().path("id").asString() + piece.text();
    }

    @Test
    void intact_rows_after_a_broken_one_are_read() {
        assertThat(pieces(broken(1) + ", " + row(2) + ",\n" + row(3) + END)).containsExactly(broken(1), "2", "3");
        assertThat(pieces(row(1) + ", " + broken(2) + END)).containsExactly("1", broken(2));
        assertThat(pieces(row(1) + row(2) + END)).containsExactly("1", "2");
    }

    @Test
    void broken_rows_in_succession_are_separate() {
        assertThat(pieces(broken(1) + " , " + broken(2) + "," + broken(3) + ", " + row(4) + END))
                .containsExactly(broken(1), broken(2), broken(3), "4");
    }

    @Test
    void an_object_without_an_address_belongs_to_the_row_before_it() {
        String withTags = "{\"title\": \"a\"b\", " + uri(1) + ", \"tags\": [{\"name\": \"x\"}, {\"name\": \"y\"}]}";

        assertThat(pieces(withTags + ", " + row(2) + END)).containsExactly(withTags.replace("}, {", "},{"), "2");
        assertThat(pieces("{\"name\": \"x}, {\"name\": \"y\"}, " + broken(1) + END))
                .hasSize(1);
    }

    @Test
    void an_object_that_is_the_value_of_a_key_is_not_a_row() {
        String nested = "{\"title\": \"a\"b\", \"parent\":\n " + row(9) + ", " + uri(1) + "}";

        assertThat(pieces(nested + ", " + row(2) + END)).containsExactly(nested, "2");
    }

    @Test
    void other_objects_are_parts_of_an_unreadable_row() {
        assertThat(pieces("{\"name\": \"Nurse\"}, " + row(2) + END)).containsExactly("{\"name\": \"Nurse\"}", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", " , } ", "{}", "[], "})
    void leftovers_between_rows_are_not_rows(String leftover) {
        assertThat(pieces(row(1) + leftover + row(2) + leftover + END)).containsExactly("1", "2");
    }

    @Test
    void what_follows_the_rows_is_found() {
        String meta = "{\"next\": null, \"total_count\": 2}";

        assertThat(found(row(1) + "] , \"meta\" : " + meta + " } \n")
                        .orElseThrow()
                        .meta())
                .isEqualTo(meta);
        assertThat(found(row(1) + "] } ").orElseThrow().meta()).isNull();
        assertThat(pieces(row(1) + "], \"meta\": " + meta + "}")).containsExactly("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "]", "}", "]}, {", "], \"meta\": {\"next\": null", "], \"other\": {}}"})
    void a_text_that_does_not_end_as_a_list_is_not_searched(String end) {
        assertThat(found(row(1) + ", " + row(2) + end)).isEmpty();
    }

    @Test
    void a_row_that_is_cut_off_is_not_completed_by_the_end_of_the_list() {
        String cut = "{" + uri(2) + ", \"urls\": [1";

        assertThat(pieces(row(1) + ", " + cut + END)).containsExactly("1", cut);
    }

    @Test
    void an_empty_rest_has_no_rows() {
        assertThat(pieces("   " + END)).isEmpty();
    }

    @Test
    void a_text_that_takes_too_long_is_given_up() {
        String numbers = "1,".repeat(5_000);

        assertThat(found("{\"a\": [".repeat(20) + numbers + END)).isEmpty();
        assertThat(found("{\"a\": [".repeat(5) + numbers + END)).isPresent();
        // Objects that are intact, but not rows, take time, too.
        assertThat(found("{\"a\": [".repeat(20) + numbers + "1" + "]}".repeat(20) + END))
                .isEmpty();
    }
}
