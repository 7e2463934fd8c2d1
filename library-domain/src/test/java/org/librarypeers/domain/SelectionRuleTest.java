package org.librarypeers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionRuleTest {

    private static final OfferFacts FACTS = new OfferFacts(
            new LocalizedText(Map.of("fr", "Lavage des mains à l'Hôpital", "ar", "غَسل اليدين")),
            Set.of("Infection control", "Audience"),
            Set.of("Midwife", "Sage-femme", "Água"),
            Set.of("fr", "pt-br"),
            Set.of("video", "pdf"),
            LocalDate.parse("2024-05-01"));

    private static boolean takes(String rule) {
        return SelectionRule.parse(rule).takes(FACTS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "category:\"infection CONTROL\"",
                "tag:agua",
                "tag:SAGE-FEMME",
                "language:fr",
                "language:pt",
                "language:PT_BR",
                "type:Video",
                "text:hopital",
                "text:غسل",
                "updated>=2024-05-01",
                "updated<2024-05-02",
                "language:en language:fr",
                "language:fr type:pdf -type:audio",
                "-language:en",
            })
    void an_offer_is_taken_if_one_condition_of_each_kind_holds(String rule) {
        assertThat(takes(rule)).as(rule).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "category:Infection",
                "tag:wife",
                "language:pt-pt",
                "type:audio",
                "text:school",
                "updated>=2024-05-02",
                "updated<2024-05-01",
                "language:fr type:audio",
                "language:fr -type:pdf",
                "updated>=2024-01-01 updated<2024-05-01",
                "-text:mains",
            })
    void an_offer_is_left_out_if_a_kind_does_not_hold_or_an_exclusion_does(String rule) {
        assertThat(takes(rule)).as(rule).isFalse();
    }

    @Test
    void an_unknown_date_meets_no_condition() {
        OfferFacts undated =
                new OfferFacts(LocalizedText.of("en", "T"), Set.of(), Set.of(), Set.of("en"), Set.of(), null);
        assertThat(SelectionRule.parse("updated>=2000-01-01").takes(undated)).isFalse();
        assertThat(SelectionRule.parse("-updated<2030-01-01").takes(undated)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "category:\"Infection control\"   tag:Água -type:VIDEO | category:\"Infection control\" tag:Água -type:video",
                "TYPE:pdf language:fr language:fr                      | language:fr type:pdf",
                "tag:\"a \\\"b\\\" \\\\c\"                             | tag:\"a \\\"b\\\" \\\\c\"",
                "-updated<2024-01-31                                   | -updated<2024-01-31",
            })
    void the_text_of_a_rule_can_be_parsed_again(String text, String shown) {
        SelectionRule rule = SelectionRule.parse(text);
        assertThat(rule).hasToString(shown);
        assertThat(SelectionRule.parse(rule.toString())).isEqualTo(rule);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\u611f\u67d3\u3000\u7ba1\u7406", "a\u2003b", "a\u00a0b", "a\u2028b", "a\u200bb", "a,b;c:d"})
    void a_value_with_any_white_space_can_be_parsed_again(String value) {
        SelectionRule rule = new SelectionRule(
                List.of(new SelectionCondition(SelectionCondition.Kind.CATEGORY, value)),
                List.of(new SelectionCondition(SelectionCondition.Kind.TEXT, value)));

        assertThat(SelectionRule.parse(rule.toString())).isEqualTo(rule);
    }

    @Test
    void the_value_of_one_condition_needs_no_quotes() {
        assertThat(SelectionCondition.parse("category:Infection control"))
                .isEqualTo(SelectionCondition.parse("category:\"Infection control\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "colour:red",
                "fr",
                "language:",
                "language:not a code",
                "type:mp4!",
                "updated>=yesterday",
                "tag:\"open",
                "type:pdf -type:pdf",
            })
    void an_invalid_text_is_refused(String text) {
        assertThatThrownBy(() -> SelectionRule.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_rule_has_a_limited_number_of_conditions() {
        List<SelectionCondition> many = IntStream.rangeClosed(1, SelectionRule.MAX_CONDITIONS + 1)
                .mapToObj(i -> new SelectionCondition(SelectionCondition.Kind.TAG, "t" + i))
                .toList();
        assertThatThrownBy(() -> new SelectionRule(many, List.of())).hasMessageContaining("101");
    }

    @Test
    void a_refused_resource_is_left_out_of_every_rule() {
        Selection selection = new Selection(SelectionRule.EVERYTHING, Set.of(Samples.GUID));
        assertThat(selection.result(Samples.GUID, null)).isEqualTo(Selection.Result.LEFT_OUT);
        assertThat(selection.result(Guid.random(), null)).isEqualTo(Selection.Result.TAKEN);
        assertThat(new Selection(SelectionRule.parse("type:pdf"), Set.of()).result(Guid.random(), null))
                .isEqualTo(Selection.Result.UNKNOWN);
    }
}
