package org.librarypeers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.domain.Refused.assertMissing;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpellingTest {

    private static final LocalizedText NONE = LocalizedText.empty();

    /**
     * Generates texts of letters of many scripts, combining marks, white space and invisible characters, in any order.
     */
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> pieces = Arbitraries.of(
                "a",
                "A",
                "b",
                " ",
                "  ",
                "\u00A0",
                "\u3000",
                "\u200B",
                "\uFEFF",
                "\u200C",
                "\u200D",
                "\u2060",
                "\u00AD",
                "\u0301",
                "e\u0301",
                "\u00E9",
                "\u00C9",
                "\u1EC7",
                "e\u0323\u0302",
                "\u0131",
                "I",
                "i",
                "\u0130",
                "\u00DF",
                "\u1E9E",
                "SS",
                "\u03C3",
                "\u03C2",
                "\u03A3",
                "\u202E",
                "\u2067",
                "\u2069",
                "\u0645",
                "\u0627",
                "\uD83D\uDC69\u200D\uD83D\uDE80",
                "\u2764\uFE0F",
                "<p>",
                ">",
                "\u0338",
                "\u0958",
                "\uFB01",
                "\u017F",
                "\n",
                "\t");
        return Arbitraries.oneOf(
                pieces.list().ofMaxSize(12).map(list -> String.join("", list)),
                Arbitraries.strings().ofMaxLength(30));
    }

    @Property
    void each_rule_applied_twice_changes_nothing_more(@ForAll("texts") String text) {
        String normalized = Spelling.normalized(text);
        String folded = Spelling.folded(text);

        assertThat(Spelling.normalized(normalized)).isEqualTo(normalized);
        assertThat(Spelling.folded(folded)).isEqualTo(folded);
        assertThat(Spelling.folded(normalized)).isEqualTo(folded);
        assertThat(Spelling.withoutOverrides(Spelling.withoutOverrides(text)))
                .isEqualTo(Spelling.withoutOverrides(text))
                .doesNotContain("\u202A", "\u202B", "\u202C", "\u202D", "\u202E");
    }

    @Property
    void composed_and_decomposed_spellings_are_the_same(@ForAll("texts") String text) {
        String decomposed = Normalizer.normalize(text, Normalizer.Form.NFD);

        assertThat(Spelling.folded(decomposed)).isEqualTo(Spelling.folded(text));
        if (decomposed.indexOf('\u0338') < 0) {
            assertThat(Spelling.normalized(decomposed)).isEqualTo(Spelling.normalized(text));
        }
    }

    @Property
    void what_surrounds_a_text_does_not_count(
            @ForAll("texts") String text, @ForAll("edges") String before, @ForAll("edges") String behind) {
        assertThat(Spelling.normalized(before + text + behind)).isEqualTo(Spelling.normalized(text));
        assertThat(Spelling.isVisible(before + behind)).isFalse();
    }

    @Provide
    Arbitrary<String> edges() {
        return Arbitraries.of(
                        " ", "\t", "\n", "\u0085", "\u00A0", "\u1680", "\u2000", "\u200A", "\u200B", "\u200C", "\u200E",
                        "\u200F", "\u2028", "\u2029", "\u202E", "\u202F", "\u205F", "\u2060", "\u2066", "\u2069",
                        "\u3000", "\u3164", "\u2800", "\uFEFF", "\u00AD", "\u061C", "\u180E")
                .list()
                .ofMaxSize(4)
                .map(list -> String.join("", list));
    }

    /** In Turkish, the lower case of I is a different letter. */
    @ParameterizedTest
    @ValueSource(strings = {"tr-TR", "en", "lt", "az"})
    void folding_is_the_same_in_every_country(String country) {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(country));
        try {
            assertThat(Spelling.folded("MIDWIFE")).isEqualTo("midwife");
            assertThat(Spelling.folded("\u0130stanbul")).isEqualTo("i\u0307stanbul");
            assertThat(Spelling.folded("\u0131s\u0131")).isEqualTo("\u0131s\u0131");
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Nurse, NURSE",
        "Stra\u00DFe, STRASSE",
        "STRA\u1E9EE, strasse",
        "\u039F\u0394\u039F\u03A3, \u03BF\u03B4\u03CC\u03C2",
        "\u0434\u0438\u0435\u0442\u0430, \u0414\u0418\u0415\u0422\u0410",
        "Nutrici\u00F3n, nutricio\u0301n",
        "B\u1EC7nh, BE\u0323\u0302NH",
        "B\u1EC7nh, be\u0302\u0323nh",
        "Community health, community\u00A0 HEALTH",
        "Nurse, Nur\u200Bse",
        "Nurse, Nur\u00ADse",
        "\u212Aelvin, kelvin",
    })
    void these_are_one(String one, String another) {
        // Greek capitals are written without the accent.
        String accented = one.equals("\u039F\u0394\u039F\u03A3") ? "\u039F\u0394\u038C\u03A3" : one;

        assertThat(new Tag.Key("Topic", accented)).isEqualTo(new Tag.Key("TOPIC ", another));
        assertThat(Guid.ofTag("Topic", accented)).isEqualTo(Guid.ofTag("topic", another));
    }

    @ParameterizedTest
    @CsvSource({
        "ano, a\u00F1o",
        "papa, pap\u00E1",
        "\u0131s\u0131, isi",
        "Nurse, Nurses",
        "Nurse aide, Nurseaide",
        "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645, \u0645\u06CC\u062E\u0648\u0627\u0647\u0645",
        "\uD83D\uDC69\u200D\uD83D\uDE80, \uD83D\uDC69\uD83D\uDE80",
        "\uD83D\uDC89, \uD83E\uDE78",
    })
    void these_are_two(String one, String another) {
        assertThat(new Tag.Key("Topic", one)).isNotEqualTo(new Tag.Key("Topic", another));
        assertThat(Guid.ofTag("Topic", one)).isNotEqualTo(Guid.ofTag("Topic", another));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "\u00A0", "\u200B", "\uFEFF", "\u200D\u200C", "\u2066\u2069", "\u202E", "\u2028", "\u3000",
                "\u3164", "\u2800", "\u115F", "\u00AD", "\u034F", "\uFE0F", "\u0301", "\u0000", "\u0007", "\uDB40\uDC41"
            })
    void a_title_that_shows_nothing_is_missing(String title) {
        LocalizedText text = LocalizedText.of("en", title);

        assertThat(text.isEmpty()).isTrue();
        assertMissing("title", () -> ResourceContent.titled(text).build());
        assertMissing("tag name", () -> Tag.of("Topic", title));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "?",
                "\u0645",
                "\u0915\u094D\u200D\u0937",
                "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645",
                "\u2764\uFE0F",
                "\uD83D\uDC69\u200D\uD83D\uDE80",
                // A flag that ends in characters without a visible form of their own.
                "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F",
                "\u06DD",
                "a\u2067\u0645\u2069b",
                "a\u200Bb"
            })
    void what_belongs_to_a_text_stays(String title) {
        assertThat(Spelling.isVisible(title)).isTrue();
        assertThat(LocalizedText.of("ar", title).in("ar")).contains(title);
    }

    @Test
    void characters_that_turn_the_direction_are_taken_out_of_titles_and_names() {
        LocalizedText turned = LocalizedText.of("en", "Safe \u202Eretaw\u202C at \u2067home\u2069");
        LocalizedText plain = LocalizedText.of("en", "Safe retaw at \u2067home\u2069");
        Attachment link =
                new Attachment(AttachmentKind.LINK, Guid.random(), turned, turned, "https://example.org/", 0, 0);
        Attachment file =
                new Attachment(AttachmentKind.FILE, Guid.random(), turned, turned, "https://example.org/", 0, 0);
        Tag tag = new Tag(Guid.random(), "To\u202Apic", "Wa\u202Dter", turned, turned, turned, NONE, null);

        assertThat(ResourceContent.titled(turned).build().title()).isEqualTo(plain);
        assertThat(List.of(link.title(), file.title(), tag.categories(), tag.names()))
                .containsOnly(plain);
        assertThat(List.of(link.description(), file.description(), tag.description()))
                .containsOnly(turned);
        assertThat(tag.category()).isEqualTo("Topic");
        assertThat(tag.name()).isEqualTo("Water");
        assertMissing(
                "title",
                () -> ResourceContent.titled(LocalizedText.of("en", "\u202E")).build());
    }

    @Test
    void markup_is_not_composed_away() {
        assertThat(LocalizedText.of("en", "<p>\u0338a</p>e\u0301").in("en")).contains("<p>\u0338a</p>\u00E9");
    }

    @Test
    void addresses_are_trimmed_and_otherwise_kept_as_they_are() {
        Attachment link = new Attachment(
                AttachmentKind.LINK,
                Guid.random(),
                NONE,
                NONE,
                "\uFEFF https://example.org/re\u0301sume\u0301.pdf\u200B",
                0,
                0);

        assertThat(link.url()).isEqualTo("https://example.org/re\u0301sume\u0301.pdf");
    }

    @Test
    void a_tag_whose_folded_name_is_longer_than_the_name_says_the_same_in_another_case() {
        ResourceContent.Builder content = ResourceContent.titled(LocalizedText.of("en", "Water"));
        String name = "\u00DF".repeat(Tag.MAX_NAME);

        assertThat(content.tags(List.of(Tag.of("Topic", name)))
                        .build()
                        .saysTheSameAs(
                                content.tags(List.of(Tag.of("TOPIC", name))).build()))
                .isTrue();
    }
}
