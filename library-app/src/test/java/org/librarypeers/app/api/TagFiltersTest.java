package org.librarypeers.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.librarypeers.domain.Tag;

/** Tests of each comparison with the same four tags. */
class TagFiltersTest {

    private static final List<Tag> TAGS = List.of(
            Tag.of("Audience", "Nurse"),
            Tag.of("Audience", "midwife"),
            Tag.of("Topic", "Nursing"),
            Tag.of("Topic", "Water"));

    private static List<String> matching(OrbSchema.Filter... filters) {
        return TAGS.stream()
                .filter(TagFilters.of(List.of(filters)))
                .map(Tag::name)
                .toList();
    }

    private static OrbSchema.Filter name(String comparison, String value) {
        return new OrbSchema.Filter("name", comparison, value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exact       | Nurse         | Nurse",
                "exact       | nurse         | ''",
                "iexact      | NURSE         | Nurse",
                "contains    | urs           | Nurse Nursing",
                "contains    | URS           | ''",
                "icontains   | URS           | Nurse Nursing",
                "startswith  | Nurs          | Nurse Nursing",
                "startswith  | nurs          | ''",
                "istartswith | MID           | midwife",
                "endswith    | fe            | midwife",
                "endswith    | FE            | ''",
                "iendswith   | ER            | Water",
                "in          | Nurse,Water,x | Nurse Water",
                "gt          | Nursing       | midwife Water",
                "gte         | Nursing       | midwife Nursing Water",
                "lt          | Nursing       | Nurse",
                "lte         | Nursing       | Nurse Nursing",
                "range       | Nurse,Nursing | Nurse Nursing",
                "range       | Nursf,Watep   | Nursing",
                "isnull      | False         | Nurse midwife Nursing Water",
                "isnull      | true          | ''",
                "regex       | ^N.*e$        | Nurse",
                "regex       | ^n            | ''",
                "iregex      | ^n            | Nurse Nursing"
            })
    void a_name_is_compared(String comparison, String value, String matching) {
        assertThat(matching(name(comparison, value)))
                .containsExactlyElementsOf(Arrays.stream(matching.split(" "))
                        .filter(each -> !each.isEmpty())
                        .toList());
    }

    @Test
    void all_filters_apply_and_a_category_is_compared_without_case() {
        OrbSchema.Filter topic = new OrbSchema.Filter("category", "exact", "topic");

        assertThat(matching(topic)).containsExactly("Nursing", "Water");
        assertThat(matching(topic, name("contains", "urs"))).containsExactly("Nursing");
        assertThat(matching()).hasSize(4);
    }

    @Test
    void an_invalid_value_is_refused() {
        assertThatThrownBy(() -> matching(name("range", "a")))
                .hasMessage("'range' takes two values, separated by a comma.");
        assertThatThrownBy(() -> matching(name("regex", "(")))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("The value is not a valid regular expression: ");
        assertThatThrownBy(() -> matching(name("near", "x"))).hasMessage("unknown comparison near");
    }

    @Test
    void an_expression_that_backtracks_endlessly_is_stopped() {
        Tag slow = Tag.of("Topic", "a".repeat(90));

        assertThatThrownBy(() -> TagFilters.of(List.of(name("regex", "(.*)".repeat(10) + "[X]$")))
                        .test(slow))
                .isInstanceOf(RefusedException.class)
                .hasMessage("The regular expression takes too long.");
    }
}
