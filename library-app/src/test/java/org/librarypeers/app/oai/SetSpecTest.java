package org.librarypeers.app.oai;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.domain.Slug;
import org.librarypeers.sync.catalogue.DatedSet;

/** Tests of the names of sets. */
class SetSpecTest {

    @ParameterizedTest
    @CsvSource({
        "Topic, topic",
        "Health Domain, health~20domain",
        "Ä, ~c3~a4",
        "'a-b_c.d09', a-b_c.d09",
        "💧, ~f0~9f~92~a7"
    })
    void a_category_has_a_name_in_ascii(String category, String encoded) {
        String name = SetSpec.ofCategory(category);

        assertThat(name).isEqualTo("category:" + encoded);
        assertThat(SetSpec.isSetSpec(name)).isTrue();
        assertThat(SetSpec.parse(name))
                .hasValueSatisfying(set -> assertThat(set).isEqualTo(DatedSet.ofCategory(decoded(encoded))));
    }

    private static String decoded(String encoded) {
        return switch (encoded) {
            case "health~20domain" -> "health domain";
            case "~c3~a4" -> "ä";
            case "~f0~9f~92~a7" -> "💧";
            default -> encoded;
        };
    }

    @Test
    void tags_and_languages_have_names_too() {
        Slug slug = Slug.parse("safe-water").orElseThrow();

        assertThat(SetSpec.ofTag(slug)).isEqualTo("tag:safe-water");
        assertThat(SetSpec.parse("tag:safe-water")).contains(DatedSet.ofTag(slug));
        assertThat(SetSpec.ofLanguage("pt-br")).isEqualTo("language:pt-br");
        assertThat(SetSpec.parse("language:pt-br")).contains(DatedSet.ofLanguage("pt-br"));
    }

    @Test
    void the_names_above_them_are_sets() {
        assertThat(SetSpec.parse("language")).contains(DatedSet.ALL);
        assertThat(SetSpec.parse("category")).contains(DatedSet.ANY_TAG);
        assertThat(SetSpec.parse("tag")).contains(DatedSet.ANY_TAG);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "planet",
                "planet:earth",
                "language:english!",
                "language:E",
                "category:a b",
                "category:~",
                "category:~c",
                "category:~c3",
                "category:~zz",
                "category:~2z",
                "category:~C3~A4",
                "category:~61",
                "category:a:b"
            })
    void no_set_has_another_name(String name) {
        assertThat(SetSpec.parse(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"a, true", "a:b:c, true", "a:, false", ":a, false", "'', false", "a b, false", "ä, false"})
    void the_form_of_names_is_that_of_the_protocol(String text, boolean isSetSpec) {
        assertThat(SetSpec.isSetSpec(text)).isEqualTo(isSetSpec);
    }
}
