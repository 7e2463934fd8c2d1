package org.librarypeers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.librarypeers.domain.Refused.assertTooLow;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of Guid, Slug, and the ids of peers and runs. */
class IdentitiesTest {

    private static final Guid GUID = Guid.of("7d5a3a5e-0a30-4d6e-9c0e-0d1b6b7c8d9e");

    @Property
    void a_guid_reads_back_from_its_text_whatever_the_letter_case(@ForAll long high, @ForAll long low) {
        Guid guid = new Guid(new UUID(high, low));

        assertThat(Guid.of(guid.toString())).isEqualTo(guid);
        assertThat(Guid.of(" " + guid.toString().toUpperCase(Locale.ROOT) + "\n"))
                .isEqualTo(guid);
    }

    @Property(tries = 2_000)
    void guids_are_ordered_by_their_text(@ForAll long a, @ForAll long b, @ForAll long c, @ForAll long d) {
        Guid one = new Guid(new UUID(a, b));
        Guid other = new Guid(new UUID(c, d));

        assertThat(Integer.signum(one.compareTo(other)))
                .isEqualTo(Integer.signum(one.toString().compareTo(other.toString())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7d5a3a5e0a304d6e9c0e0d1b6b7c8d9e",
                "{7d5a3a5e-0a30-4d6e-9c0e-0d1b6b7c8d9e}",
                " { 7D5A3A5E-0A30-4D6E-9C0E-0D1B6B7C8D9E } ",
                "{7D5A3A5E0A304D6E9C0E0D1B6B7C8D9E}",
                "urn:uuid:7d5a3a5e-0a30-4d6e-9c0e-0d1b6b7c8d9e",
                "URN:UUID:7D5A3A5E-0A30-4D6E-9C0E-0D1B6B7C8D9E",
                "uuid:7d5a3a5e-0a30-4d6e-9c0e-0d1b6b7c8d9e"
            })
    void a_guid_is_the_same_in_each_form_in_which_others_write_it(String text) {
        assertThat(Guid.of(text)).isEqualTo(GUID);
        assertThat(Guid.of(text)).hasToString("7d5a3a5e-0a30-4d6e-9c0e-0d1b6b7c8d9e");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1-2-3-4-5",
                "7d5a3a5e0a30-4d6e-9c0e-0d1b6b7c8d9e",
                "7d5a3a5e-0a304d6e-9c0e-0d1b6b7c8d9e",
                "{7d5a3a5e-0a30-4d6e-9c0e-0d1b6b7c8d9e",
                "urn:isbn:7d5a3a5e-0a30-4d6e-9c0e-0d1b6b7c8d9e",
                "7d5a3a5e-0a30-4d6e-9c0e-0d1b6b7c8d9g",
                "<script>"
            })
    void a_guid_of_another_form_is_refused_and_shown(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Guid.of(text))
                .withMessageStartingWith("guid \"" + text + "\" ");
    }

    @Test
    void random_guids_differ() {
        assertThat(Guid.random()).isNotEqualTo(Guid.random());
    }

    @Test
    void every_library_derives_the_same_guid_for_a_tag_or_a_part() {
        // Other libraries have already derived these GUIDs, so the values must not change.
        assertThat(Guid.ofTag("Audience", "Midwife")).hasToString("c68cbfb6-5206-3fa6-9406-45c16286d0ea");
        assertThat(Guid.ofAttachment(GUID, "https://a.example.org"))
                .hasToString("1bdf6d63-0d2d-30ee-810e-fca5cd97da54");
        assertThat(Guid.ofTag("Audience", "Midwife").value().version()).isEqualTo(3);
    }

    @Test
    void the_guid_of_a_tag_does_not_depend_on_how_it_is_spelled() {
        assertThat(List.of(
                        Guid.ofTag("AUDIENCE", "midwife"),
                        Guid.ofTag("Audience\u00A0", "\uFEFFMidwife"),
                        Guid.ofTag(" Audience", "Mid\u00ADwife")))
                .containsOnly(Guid.ofTag("Audience", "Midwife"));
        assertThat(Guid.ofTag("Tema", "Nutrici\u00F3n")).isEqualTo(Guid.ofTag("tema", "NUTRICIO\u0301N"));
    }

    @Test
    void other_names_give_other_guids() {
        assertThat(List.of(
                        Guid.ofTag("a", "bc"),
                        Guid.ofTag("ab", "c"),
                        Guid.ofTag("á", "bc"),
                        Guid.ofAttachment(GUID, "a"),
                        Guid.ofAttachment(GUID, "b"),
                        Guid.ofAttachment(Guid.ofTag("x", "y"), "a"),
                        Guid.ofTag(GUID.toString(), "a")))
                .doesNotHaveDuplicates();
    }

    @Property
    void any_title_gives_a_slug_and_with_a_guid_one_that_nobody_else_has(@ForAll String title) {
        Slug slug = Slug.of(title, GUID);

        assertThat(slug.value()).matches("[a-z0-9]+(-[a-z0-9]+)*").hasSizeLessThanOrEqualTo(100);
        assertThat(slug.with(GUID).value())
                .endsWith("-7d5a3a5e")
                .hasSizeLessThanOrEqualTo(100)
                .startsWith(slug.value().substring(0, Math.min(slug.value().length(), 90)));
    }

    @ParameterizedTest
    @CsvSource({
        "Safe Water at Home, safe-water-at-home",
        "'  --Água & <b>sabão</b>! ', agua-b-sabao-b",
        "ماء آمن, 7d5a3a5e",
        "'', 7d5a3a5e",
        "①②, 12"
    })
    void a_slug_holds_the_latin_words_of_the_title_or_else_a_part_of_the_guid(String title, String slug) {
        assertThat(Slug.of(title, GUID)).hasToString(slug);
    }

    @Test
    void a_long_title_is_cut_between_words() {
        String title = "word ".repeat(19) + "fives longer";

        assertThat(Slug.of(title, GUID)).hasToString("word-".repeat(19) + "fives");
        assertThat(Slug.of("word ".repeat(19) + "fives1 longer", GUID)).hasToString("word-".repeat(18) + "word");
        assertThat(Slug.of("word ".repeat(19) + "fives", GUID)).hasToString("word-".repeat(19) + "fives");
        assertThat(Slug.of("w".repeat(101), GUID)).hasToString("w".repeat(100));
    }

    @Test
    void a_slug_with_a_guid_stays_within_100_characters() {
        assertThat(new Slug("a".repeat(100)).with(GUID)).hasToString("a".repeat(91) + "-7d5a3a5e");
        assertThat(new Slug("a".repeat(200)).with(GUID)).hasToString("a".repeat(91) + "-7d5a3a5e");
        assertThat(new Slug("a".repeat(90) + "-" + "b".repeat(9)).with(GUID)).hasToString("a".repeat(90) + "-7d5a3a5e");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a-", "a--b", "A", "a b", "../a", "é"})
    void what_is_no_slug_is_refused_and_shown(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Slug(value))
                .withMessageStartingWith("slug \"" + value + "\" is not valid; use lower-case letters");
        assertThat(Slug.parse(value)).isEmpty();
    }

    @Test
    void slugs_of_existing_sites_with_underscores_are_kept_up_to_200_characters() {
        assertThat(new Slug("safe_water-2")).hasToString("safe_water-2");
        assertThat(Slug.parse("safe_water-2")).contains(new Slug("safe_water-2"));
        assertThat(new Slug("a".repeat(200)).value()).hasSize(200);
        assertThatIllegalArgumentException().isThrownBy(() -> new Slug("a".repeat(201)));
    }

    @Test
    void the_numbers_of_peers_and_runs_begin_at_one_and_are_in_order() {
        assertThat(new PeerId(1)).hasToString("1").isLessThan(new PeerId(2));
        assertThat(new SyncLogId(1)).hasToString("1").isLessThan(new SyncLogId(2));
        assertThat(new PeerId(3)).isEqualByComparingTo(new PeerId(3));
        assertThat(new SyncLogId(3)).isEqualByComparingTo(new SyncLogId(3));
        assertTooLow("peer id", 0, 1, () -> new PeerId(0));
        assertTooLow("run", -1, 1, () -> new SyncLogId(-1));
    }
}
