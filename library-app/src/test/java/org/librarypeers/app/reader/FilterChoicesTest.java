package org.librarypeers.app.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.OfflineLibrary;
import org.librarypeers.app.web.Visit;
import org.librarypeers.app.web.Wording.Text;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Slug;
import org.librarypeers.sync.catalogue.CatalogueTag;
import org.librarypeers.sync.catalogue.Facets;
import org.librarypeers.sync.contract.SampleTag;
import org.librarypeers.sync.storage.Source;

/** Tests of the values that a reader can filter by. */
class FilterChoicesTest {

    private static final Visit VISIT = OfflineLibrary.visit("/search");
    private static final ReadingLanguages READING = new ReadingLanguages(VISIT, "es");
    private static final Text TITLE = new Text("en", "Title");

    private long lastId;

    private Facets.TagCount tag(String category, String name, long count) {
        long id = ++lastId;
        return new Facets.TagCount(
                new CatalogueTag(
                        id,
                        new Slug("tag-" + id),
                        SampleTag.tag(category, name)
                                .names(LocalizedText.of("es", name + " (es)"))
                                .build()),
                count,
                null);
    }

    private static List<FilterChoices> byTag(List<Facets.TagCount> counts, Predicate<CatalogueTag> chosen) {
        return FilterChoices.byTag(counts, READING, chosen, slug -> "/t/" + slug);
    }

    @Test
    void tags_are_grouped_and_the_category_with_the_most_tags_comes_first() {
        List<Facets.TagCount> counts =
                List.of(tag("Topic", "Water", 90), tag("Audience", "Nurse", 5), tag("Audience", "Midwife", 4));

        List<FilterChoices> groups = byTag(counts, tag -> false);

        assertThat(groups).extracting(group -> group.title().value()).containsExactly("Audience", "Topic");
        assertThat(groups.get(0).first())
                .containsExactly(
                        new FilterChoices.Choice(new Text("es", "Nurse (es)"), 5, "/t/tag-2"),
                        new FilterChoices.Choice(new Text("es", "Midwife (es)"), 4, "/t/tag-3"));
    }

    @Test
    void categories_with_as_many_tags_are_in_the_order_of_their_resources() {
        List<Facets.TagCount> counts = List.of(tag("Audience", "Nurse", 5), tag("Topic", "Water", 90));

        assertThat(byTag(counts, tag -> false))
                .extracting(group -> group.title().value())
                .containsExactly("Topic", "Audience");
    }

    @Test
    void chosen_tags_are_omitted_and_their_category_is_kept_although_it_is_small() {
        List<Facets.TagCount> counts = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            counts.add(tag("Category " + i, "Tag", 100 - i));
        }
        counts.add(tag("Small", "Chosen", 1));
        counts.add(tag("Small", "Other", 1));

        List<FilterChoices> groups = byTag(counts, tag -> tag.tag().name().equals("Chosen"));

        assertThat(groups).hasSize(8);
        assertThat(groups)
                .extracting(group -> group.title().value())
                .contains("Small")
                .doesNotContain("Category 7");
        assertThat(groups.stream().flatMap(group -> group.first().stream()))
                .extracting(choice -> choice.name().value())
                .contains("Other (es)")
                .doesNotContain("Chosen (es)");
        assertThat(byTag(List.of(tag("Only", "Chosen", 1)), tag -> true)).isEmpty();
    }

    @Test
    void six_values_are_shown_first() {
        List<Facets.LanguageCount> counts = new ArrayList<>();
        for (String language : List.of("en", "es", "fr", "pt", "ar", "sw", "am")) {
            counts.add(new Facets.LanguageCount(language, 3));
        }

        FilterChoices seven = FilterChoices.byLanguage(TITLE, counts, READING, code -> "/l/" + code);
        FilterChoices two = FilterChoices.byLanguage(TITLE, counts.subList(0, 2), READING, code -> "/l/" + code);

        assertThat(seven.first()).hasSize(6);
        assertThat(seven.first().get(2)).isEqualTo(new FilterChoices.Choice(new Text("en", "French"), 3, "/l/fr"));
        assertThat(seven.more()).extracting(FilterChoices.Choice::address).containsExactly("/l/am");
        assertThat(two.first()).hasSize(2);
        assertThat(two.more()).isEmpty();
    }

    @Test
    void sources_are_named_and_fifteen_are_offered() {
        List<Facets.SourceCount> counts = new ArrayList<>();
        counts.add(new Facets.SourceCount(new Source.Here(), "", 9));
        for (int i = 0; i < 15; i++) {
            counts.add(new Facets.SourceCount(new Source.Maker("m" + i + ".example"), "M" + i + "x".repeat(90), 5));
        }

        FilterChoices choices =
                FilterChoices.bySource(TITLE, counts, new Text("en", "This library"), source -> "/s/" + source);

        assertThat(choices.title()).isEqualTo(TITLE);
        assertThat(choices.first().size() + choices.more().size()).isEqualTo(15);
        assertThat(choices.first().get(0))
                .isEqualTo(new FilterChoices.Choice(new Text("en", "This library"), 9, "/s/here"));
        assertThat(choices.first().get(1).address()).isEqualTo("/s/m0.example");
        assertThat(choices.first().get(1).name().value()).startsWith("M0xxx").hasSizeLessThanOrEqualTo(80);
    }

    @Test
    void texts_are_in_the_chosen_language_then_in_those_of_the_visitor() {
        LocalizedText both = LocalizedText.of("en", "Water").with("es", "Agua");

        assertThat(READING.text(both)).isEqualTo(new Text("es", "Agua"));
        assertThat(READING.text(LocalizedText.of("en", "Water"))).isEqualTo(new Text("en", "Water"));
        assertThat(READING.first("en").text(both)).isEqualTo(new Text("en", "Water"));
        assertThat(READING.first(null).text(both)).isEqualTo(new Text("es", "Agua"));
        assertThat(new ReadingLanguages(VISIT, null).text(both)).isEqualTo(new Text("en", "Water"));
        assertThat(READING.category(SampleTag.tag("Topic", "Water").build())).isEqualTo(new Text("en", "Topic"));
        assertThat(READING.name(SampleTag.tag("Topic", "Water")
                        .names(LocalizedText.of("en", "Clean water"))
                        .build()))
                .isEqualTo(new Text("en", "Clean water"));
        assertThat(READING.excerpt(LocalizedText.of("es", "<p>Agua <b>limpia</b></p>"), 100))
                .isEqualTo(new Text("es", "Agua limpia"));
    }
}
