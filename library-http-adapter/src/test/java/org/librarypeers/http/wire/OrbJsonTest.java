package org.librarypeers.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class OrbJsonTest {

    static final List<String> RECORDED = Samples.INDENTED;

    @ParameterizedTest
    @FieldSource("RECORDED")
    void what_a_v1_site_wrote_is_written_again_to_the_byte(String name) {
        String body = Samples.body(name);

        byte[] written = OrbJson.write(OrbJson.read(body.getBytes(StandardCharsets.UTF_8)));

        assertThat(new String(written, StandardCharsets.UTF_8)).isEqualTo(body);
    }

    @Test
    void keys_are_sorted_however_they_were_put_in() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("title_es", "b").put("title", "a");
        node.putObject("empty");
        node.putArray("none");

        assertThat(text(node))
                .isEqualTo("{\n"
                        + "    \"empty\": {}, \n"
                        + "    \"none\": [], \n"
                        + "    \"title\": \"a\", \n"
                        + "    \"title_es\": \"b\"\n"
                        + "}");
    }

    @Test
    void text_is_escaped_only_where_json_demands_it() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("t", "كوفيد 🧼 <b>/\"\\\u0001\u001f\u007f\u2028\n");

        assertThat(text(node)).isEqualTo("{\n    \"t\": \"كوفيد 🧼 <b>/\\\"\\\\\\u0001\\u001f\u007f\u2028\\n\"\n}");
    }

    @Test
    void a_page_names_its_place_in_the_list() {
        ObjectNode page = OrbJson.page(20, 5000, 10, null, "/api/v1/resource/?limit=20&offset=4980", List.of());

        assertThat(text(page)).isEqualTo(Samples.body("05-list-past-the-end"));
    }

    @Test
    void a_page_has_its_objects_in_their_order() {
        List<ObjectNode> objects =
                List.of((ObjectNode) Samples.json("{\"id\": 2}"), (ObjectNode) Samples.json("{\"id\": 1}"));

        assertThat(OrbJson.page(20, 0, 2, null, null, objects).path("objects").values())
                .extracting(each -> each.path("id").asInt())
                .containsExactly(2, 1);
    }

    @Test
    void a_refusal_says_where_the_json_ends_to_be_valid() {
        assertThatThrownBy(() -> OrbJson.read("{\n  nope}".getBytes(StandardCharsets.UTF_8)))
                .hasMessageStartingWith("body is not valid JSON, line 2 column ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{} {}", "{\"a\": nope}", "[1,]", "<html>"})
    void what_is_no_json_is_refused(String body) {
        assertThatThrownBy(() -> OrbJson.read(body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageStartingWith("body is ");
    }

    @Test
    void nesting_and_numbers_are_bounded() {
        assertThatThrownBy(() -> OrbJson.read("[".repeat(100_000).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidDocumentException.class);
        assertThatThrownBy(() -> OrbJson.read("1".repeat(100_000).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidDocumentException.class);
    }

    @Test
    void times_have_microseconds_only_if_there_are_any() {
        assertThat(OrbJson.time(Instant.parse("2016-05-18T21:09:29Z"))).isEqualTo("2016-05-18T21:09:29");
        assertThat(OrbJson.time(Instant.parse("2016-05-18T21:09:29.000100999Z")))
                .isEqualTo("2016-05-18T21:09:29.000100");
        assertThat(OrbJson.time(LocalDateTime.of(2018, 11, 20, 0, 0))).isEqualTo("2018-11-20T00:00:00");
    }

    @ParameterizedTest
    @CsvSource({
        "2018-11-20, 2018-11-20T00:00",
        "2018-11-20T10:30, 2018-11-20T10:30",
        "2018-11-20 10:30:01.5, 2018-11-20T10:30:01.5",
        "2018-11-20T10:30:01Z, 2018-11-20T10:30:01",
        "2018-11-20T10:30:01.123456+02:00, 2018-11-20T08:30:01.123456",
        "2018-11-20 10:30-0530, 2018-11-20T16:00",
    })
    void times_are_read_in_all_forms_that_filters_take(String text, LocalDateTime expected) {
        assertThat(OrbTime.read(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "2018",
                "2018-13-01",
                "2018-02-30T00:00:00",
                "2018-11-20T25:00",
                "20.11.2018",
                "0000-01-01",
                "0001-01-01T00:00:00+01:00",
                "12018-11-20"
            })
    void what_is_no_time_is_none(String text) {
        assertThat(OrbTime.read(text)).isEmpty();
    }

    private static String text(JsonNode node) {
        return new String(OrbJson.write(node), StandardCharsets.UTF_8);
    }
}
