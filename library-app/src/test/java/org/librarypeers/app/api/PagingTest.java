package org.librarypeers.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class PagingTest {

    private static final String PATH = "/api/v1/tag/";

    /** Returns the paging of a request with these names and values, in turn. */
    private static Paging paging(String... parameters) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            all.put(parameters[i], List.of("ignored", parameters[i + 1]));
        }
        return Paging.of(PATH, all);
    }

    @ParameterizedTest
    @CsvSource({
        "5, 7, 5, 7",
        "0, 0, 1000, 0",
        "1000, 0, 1000, 0",
        "1001, 1, 1000, 1",
        "' +3 ', 99999999999, 3, 2147483647"
    })
    void limit_and_offset_are_read(String limit, String offset, int readLimit, int readOffset) {
        Paging paging = paging("limit", limit, "offset", offset);

        assertThat(paging.limit()).isEqualTo(readLimit);
        assertThat(paging.offset()).isEqualTo(readOffset);
    }

    @Test
    void without_parameters_a_page_has_twenty_objects_from_the_first() {
        Paging paging = Paging.of(PATH, Map.of("limit", List.of()));

        assertThat(paging.limit()).isEqualTo(20);
        assertThat(paging.offset()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit  | -1   | Invalid limit '-1' provided. Please provide a positive integer >= 0.",
                "limit  | many | Invalid limit 'many' provided. Please provide a positive integer.",
                "offset | 1.5  | Invalid offset '1.5' provided. Please provide an integer.",
                "offset | -5   | Invalid offset '-5' provided. Please provide a positive integer >= 0."
            })
    void an_invalid_number_is_refused(String name, String value, String message) {
        assertThatThrownBy(() -> paging(name, value))
                .isInstanceOf(RefusedException.class)
                .hasMessage(message);
    }

    @Test
    void a_page_links_to_its_neighbours_with_the_other_parameters() {
        ObjectNode page = paging("name", "a b", "limit", "10", "offset", "10", "after", "x")
                .page(List.of(), 21);

        assertThat(page.path("meta").path("previous").asString())
                .isEqualTo("/api/v1/tag/?name=ignored&name=a+b&limit=10&offset=0");
        assertThat(page.path("meta").path("next").asString())
                .isEqualTo("/api/v1/tag/?name=ignored&name=a+b&limit=10&offset=20");
        assertThat(page.path("meta").path("total_count").asLong()).isEqualTo(21);
    }

    @Test
    void the_first_and_the_last_page_have_one_neighbour() {
        JsonNode first =
                paging("limit", "10", "offset", "9").page(List.of(), 20).path("meta");
        assertThat(first.path("previous").isNull()).isTrue();
        assertThat(first.path("next").isString()).isTrue();

        JsonNode last =
                paging("limit", "10", "offset", "10").page(List.of(), 20).path("meta");
        assertThat(last.path("next").isNull()).isTrue();
        assertThat(last.path("previous").isString()).isTrue();
    }

    @Test
    void a_link_by_place_has_the_offset_too() {
        assertThat(paging("limit", "10").linkBehind(2_000, "7:Water & more"))
                .isEqualTo("/api/v1/tag/?limit=10&offset=2000&after=7%3AWater+%26+more");
    }
}
