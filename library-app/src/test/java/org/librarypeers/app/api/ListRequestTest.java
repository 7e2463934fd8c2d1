package org.librarypeers.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.librarypeers.app.OfflineLibrary;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.catalogue.CatalogueQuery;
import org.librarypeers.sync.catalogue.CatalogueQuery.Order;
import org.librarypeers.sync.catalogue.CatalogueQuery.Place;
import org.librarypeers.sync.catalogue.Viewer;

/** Tests of the parameters of the list of resources. */
class ListRequestTest {

    private static final OrbSchema SCHEMA =
            Objects.requireNonNull(OrbSchemas.of(OfflineLibrary.LANGUAGES).get("resource"));

    /** Reads the names and values, in turn. */
    private static ListRequest read(String... parameters) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            all.put(parameters[i], List.of(parameters[i + 1]));
        }
        return ListRequest.of("/api/v1/resource/", all, SCHEMA);
    }

    @Test
    void without_parameters_it_lists_everything_by_title() {
        ListRequest list = read();

        assertThat(list.order()).isEqualTo(Order.TITLE);
        assertThat(list.from()).isNull();
        assertThat(list.to()).isNull();
        assertThat(list.statuses()).containsExactlyInAnyOrder(Status.values());
        assertThat(list.place()).isNull();
        assertThat(list.position()).isNull();
    }

    @Test
    void dates_status_and_order_are_read() {
        ListRequest list = read(
                "update_date__gte",
                "2026-01-01T00:00:00",
                "update_date__lte",
                "2026-02-01",
                "status",
                "approved",
                "order_by",
                "-update_date");

        assertThat(list.from()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(list.to()).isEqualTo(Instant.parse("2026-02-01T00:00:00Z"));
        assertThat(list.statuses()).isEqualTo(Set.of(Status.APPROVED));
        assertThat(list.order()).isEqualTo(Order.NEWEST_FIRST);
        assertThat(read("order_by", "update_date").order()).isEqualTo(Order.OLDEST_FIRST);
        assertThat(read("status", "lost").statuses()).isEmpty();
    }

    @Test
    void the_full_feed_begins_after_a_position() {
        assertThat(read("full", "true").position()).isZero();
        assertThat(read("full", "true", "after", "77").position()).isEqualTo(77);
        assertThat(read("full", "true", "after", "77").place()).isNull();
        assertThat(read("full", "false").position()).isNull();
    }

    @Test
    void a_list_begins_after_a_place_instead_of_the_offset() {
        assertThat(read("after", "7:Water: safe").place()).isEqualTo(new Place("Water: safe", Instant.EPOCH, 7));
        ListRequest dated = read("after", "7:2026-01-01T00:00:00", "order_by", "update_date", "offset", "2000");
        assertThat(dated.place()).isEqualTo(new Place("", Instant.parse("2026-01-01T00:00:00Z"), 7));
        CatalogueQuery query = dated.query(Viewer.PUBLIC, "en");
        assertThat(query.offset()).isZero();
        assertThat(query.after()).isEqualTo(dated.place());
        assertThat(read("offset", "40").query(Viewer.PUBLIC, "en").offset()).isEqualTo(40);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "false | x        | Invalid after 'x' provided. Please follow meta.next unchanged.",
                "false | x:Water  | Invalid after 'x:Water' provided. Please follow meta.next unchanged.",
                "true  | 7:Water  | Invalid after '7:Water' provided. Please provide an integer."
            })
    void an_invalid_place_is_refused(String full, String after, String message) {
        assertThatThrownBy(() -> read("full", full, "after", after))
                .isInstanceOf(RefusedException.class)
                .hasMessage(message);
    }

    @Test
    void an_invalid_date_is_refused() {
        assertThatThrownBy(() -> read("update_date__gte", "soon"))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("['“soon” value has an invalid format.");
    }

    @Test
    void the_next_page_is_linked_by_offset_up_to_a_thousand_and_then_by_place() {
        Place last = new Place("Water", Instant.parse("2026-01-01T00:00:00Z"), 7);

        assertThat(read("limit", "100", "offset", "900").next(last)).endsWith("?limit=100&offset=1000");
        assertThat(read("limit", "100", "offset", "901").next(last)).endsWith("?limit=100&offset=1001&after=7%3AWater");
        assertThat(read("limit", "100", "offset", "901", "order_by", "update_date")
                        .next(last))
                .endsWith("&limit=100&offset=1001&after=7%3A2026-01-01T00%3A00%3A00");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "title               | The 'title' field does not allow filtering.",
                "update_date__exact  | 'exact' is not an allowed filter on the 'update_date' field.",
                "status__resource    | The 'status' field does not support relations."
            })
    void a_filter_that_is_not_allowed_is_refused(String parameter, String message) {
        assertThatThrownBy(() -> read(parameter, "2026-01-01"))
                .isInstanceOf(RefusedException.class)
                .hasMessage(message);
    }

    @Test
    void an_order_that_is_not_allowed_is_refused() {
        assertThatThrownBy(() -> read("order_by", "nothing"))
                .hasMessage("No matching 'nothing' field for ordering on.");
        assertThatThrownBy(() -> read("order_by", "-status")).hasMessage("The 'status' field does not allow ordering.");
    }
}
