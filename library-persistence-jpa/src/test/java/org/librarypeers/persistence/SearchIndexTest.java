package org.librarypeers.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.contract.Samples;

/** Tests of search on PostgreSQL: features beyond the contract, and robustness. */
@Timeout(60)
class SearchIndexTest {

    private static final int LONGEST = 200_000;

    private JpaStorage storage;

    @BeforeEach
    void beginEmpty() {
        storage = TestDatabase.sharedStorage();
    }

    @Test
    void other_forms_of_a_word_are_found_in_the_language_of_the_text() {
        saved("en", "Vaccines");
        saved("en", "Vaccinated children");
        saved("es", "Vacunas");
        saved("es", "Vacunación segura");
        saved("pt-br", "Vacinações");
        saved("ru", "Прививки");
        saved("fr", "Femmes opérées");

        assertThat(found("vaccine")).containsExactlyInAnyOrder("Vaccines", "Vaccinated children");
        assertThat(found("vaccination children")).containsExactly("Vaccinated children");
        assertThat(found("vacuna")).containsExactlyInAnyOrder("Vacunas", "Vacunación segura");
        assertThat(found("vacunaciones")).containsExactlyInAnyOrder("Vacunas", "Vacunación segura");
        assertThat(found("vacinação")).containsExactly("Vacinações");
        assertThat(found("прививка")).containsExactly("Прививки");
        assertThat(found("opérée femme")).containsExactly("Femmes opérées");
        assertThat(found("operee femme")).containsExactly("Femmes opérées");
    }

    @Test
    void the_rules_of_one_language_are_not_applied_to_another() {
        saved("en", "Cars and plans");
        saved("sw", "Vaccines");

        // Spanish stemming would remove the final e.
        assertThat(found("care")).isEmpty();
        assertThat(found("plane")).isEmpty();
        assertThat(found("vaccinated")).isEmpty();
        assertThat(found("en")).isEmpty();
    }

    @Test
    void tags_are_taken_for_words_of_the_languages_of_the_title() {
        storage.resources()
                .save(Samples.local(Samples.titled("Birth").toBuilder()
                                .tags(List.of(Tag.of("Topic", "Nurse")))
                                .build())
                        .approve(Samples.NOON));

        assertThat(found("nursing topics")).containsExactly("Birth");
    }

    @Test
    void words_that_a_language_passes_over_are_found_as_they_are() {
        saved("en", "The Who");

        assertThat(found("the who")).containsExactly("The Who");
    }

    @Test
    void of_equal_titles_the_one_whose_description_says_it_more_often_comes_first() {
        saved("en", "Malaria one", "Malaria hurts small poor children");
        saved("en", "Malaria two", "Malaria hurts; malaria kills; malaria!");

        assertThat(found("malaria")).containsExactly("Malaria two", "Malaria one");
    }

    static Stream<String> hugeDescriptions() {
        return Stream.of(
                distinct(LONGEST / 4, 3),
                distinct(LONGEST / 5, 4),
                distinct(LONGEST / 7, 6),
                IntStream.range(0x4E00, 0x4E00 + 20_000)
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining(" ")),
                "a ".repeat(LONGEST / 2),
                "é".repeat(LONGEST),
                "\uFDFA ".repeat(LONGEST / 2),
                "' \\ ".repeat(LONGEST / 4),
                "<div>".repeat(LONGEST / 5),
                IntStream.range(0, 15_000).mapToObj(i -> "<b x=" + i + ">").collect(Collectors.joining()),
                "<".repeat(LONGEST),
                "&amp;".repeat(LONGEST / 5),
                "<a b=\"".repeat(LONGEST / 6));
    }

    private static String distinct(int words, int length) {
        return IntStream.range(0, words)
                .mapToObj(i -> "0".repeat(length) + Integer.toString(i, 36))
                .map(word -> word.substring(word.length() - length))
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @MethodSource("hugeDescriptions")
    void huge_descriptions_are_saved_and_do_not_hide_the_title(String description) {
        String text = description.substring(0, Math.min(description.length(), LONGEST));
        LocalizedText languages =
                new LocalizedText(Stream.of("ar", "de", "en", "es", "fr", "hi", "ru", "sw", "tr", "xx")
                        .collect(Collectors.toMap(language -> language, language -> text)));

        storage.resources()
                .save(Samples.local(Samples.titled("Needle").toBuilder()
                                .description(languages)
                                .build())
                        .approve(Samples.NOON));

        assertThat(found("needle")).containsExactly("Needle");
    }

    private void saved(String language, String title) {
        saved(language, title, "");
    }

    private void saved(String language, String title, String description) {
        ResourceContent content = ResourceContent.titled(LocalizedText.of(language, title))
                .description(new LocalizedText(Map.of(language, description)))
                .build();
        storage.resources().save(Samples.local(content).approve(Samples.NOON));
    }

    private List<String> found(String query) {
        return storage.catalogue().search(query, 0, 1_000).stream()
                .map(entry -> entry.resource().content().title().best(List.of()))
                .toList();
    }
}
