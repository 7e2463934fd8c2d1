package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.port.CatalogueEntry;

/** What {@link org.librarypeers.sync.port.Catalogue#search} promises. */
@Timeout(60)
public abstract class SearchContract extends StorageContract {

    @ParameterizedTest
    @CsvSource({
        "Información sobre el agua, informacion",
        "Informacion sobre el agua, INFORMACIÓN",
        "Informação, informa",
        "Safe water at home, wat hom",
        "Safe water at home, home Water",
        "COVID-19 and you, covid 19",
        "COVID-19 and you, covid-19",
        "غَسْلُ اليدين, غسل",
        "غسل اليدين, غَسْلُ",
        "洗手, 洗手",
        "Ｆｕｌｌ width, full",
        "ﬁrst aid, first"
    })
    void a_title_is_found_by_its_words_whatever_case_and_accents(String title, String words) {
        CatalogueEntry entry = approved(Samples.local(title));

        assertThat(ids(words)).containsExactly(entry.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ater", "water oil", "home safe tomorrow", "", " ", "!", "& |", "🩺"})
    void what_lacks_a_word_is_not_found(String words) {
        approved(Samples.local("Safe water at home"));

        assertThat(ids(words)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"water &", "water | !", "(water", "wa:*ter'", "\\water\"", "water <-> ", "water\u0000", "%water_"
            })
    void any_text_is_a_query(String words) {
        CatalogueEntry entry = approved(Samples.local("Safe water or wa ter at home"));

        assertThat(ids(words)).containsExactly(entry.id());
    }

    @Test
    void endless_and_broken_queries_find_nothing_and_do_no_harm() {
        approved(Samples.local("Safe water"));

        assertThat(ids("w".repeat(10_000))).isEmpty();
        assertThat(ids("water ".repeat(5_000) + "oil")).hasSize(1);
        assertThat(ids("\ud800 oil \udc00")).isEmpty();
    }

    @Test
    void translations_tags_and_what_belongs_to_it_are_searched_and_markup_is_not() {
        Tag tag = new Tag(
                Tag.of("Audience", "Midwife").guid(),
                "Audience",
                "Midwife",
                LocalizedText.of("es", "Público"),
                LocalizedText.of("es", "Partera"),
                LocalizedText.empty(),
                LocalizedText.empty(),
                null);
        ResourceContent content = ResourceContent.titled(new LocalizedText(Map.of("en", "Water", "fr", "Eau potable")))
                .description(LocalizedText.of("es", "<p class=\"hidden\">La informaci&oacute;n</p><p>buena</p>"))
                .attribution(LocalizedText.of("en", "Ministry of Health"))
                .tags(List.of(tag))
                .build();
        CatalogueEntry entry = approved(Samples.local(content));

        for (String words :
                List.of("potable", "informacion", "buena", "ministry", "midwife", "partera", "publico audience")) {
            assertThat(ids(words)).as(words).containsExactly(entry.id());
        }
        assertThat(ids("hidden")).isEmpty();
        assertThat(ids("class")).isEmpty();
    }

    @Test
    void a_title_comes_before_a_tag_and_a_tag_before_a_description() {
        CatalogueEntry described = approved(Samples.local(Samples.titled("One").toBuilder()
                .description(LocalizedText.of("en", "<p>All about malaria</p>"))
                .build()));
        CatalogueEntry tagged = approved(Samples.local(Samples.titled("Two").toBuilder()
                .tags(List.of(Tag.of("Health Domain", "Malaria")))
                .build()));
        CatalogueEntry entitled = approved(Samples.local("Malaria"));
        CatalogueEntry again = approved(Samples.local("Malaria"));

        assertThat(ids("malaria")).containsExactly(entitled.id(), again.id(), tagged.id(), described.id());
        assertThat(storage.catalogue().search("malaria", 1, 2))
                .extracting(CatalogueEntry::id)
                .containsExactly(again.id(), tagged.id());
        assertThat(storage.catalogue().search("malaria", 4, 2)).isEmpty();
    }

    @Test
    void what_is_found_is_what_is_approved_and_said_now() {
        saved(Samples.local("Pending water"));
        CatalogueEntry entry = approved(Samples.local("Old water"));

        storage.resources().save(entry.resource().edit(Samples.titled("New air"), Samples.AMINA, Samples.NOON));

        assertThat(ids("water")).isEmpty();
        assertThat(ids("air")).containsExactly(entry.id());
        storage.resources().save(found(entry.resource().guid()).reject(Samples.NOON));
        assertThat(ids("air")).isEmpty();
    }

    private List<Long> ids(String words) {
        return storage.catalogue().search(words, 0, 100).stream()
                .map(CatalogueEntry::id)
                .toList();
    }
}
