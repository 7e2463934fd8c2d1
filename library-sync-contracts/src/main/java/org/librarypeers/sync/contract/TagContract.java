package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.catalogue.CatalogueCategory;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.CatalogueTag;

/** Contract tests of {@link org.librarypeers.sync.catalogue.TagRepository}. */
@Timeout(60)
abstract class TagContract extends LibraryContract {

    @Test
    void the_tags_in_use_are_listed_by_name() {
        Tag water = Tag.of("Topic", "Water");
        Tag nurse = Tag.of("Audience", "nurse");
        Tag unused = Tag.of("Audience", "Doctor");
        storage.tags().findOrAdd(unused);
        Resource resource = saved(Samples.tagged(nurse, water));

        assertThat(storage.tags().inUse()).extracting(CatalogueTag::tag).containsExactly(water, nurse);

        storage.resources().save(resource.edit(Samples.titled("No tags"), Samples.AMINA, Samples.NOON));
        assertThat(storage.tags().inUse()).isEmpty();
    }

    @Test
    void a_tag_is_found_by_the_number_in_its_taggings() {
        CatalogueEntry entry = approved(Samples.tagged(Tag.of("Topic", "Água potável")));
        CatalogueEntry.Tagging tagging = entry.taggings().get(0);

        CatalogueTag found = storage.tags().find(tagging.tag()).orElseThrow();

        assertThat(found.id()).isEqualTo(tagging.tag());
        assertThat(found.slug()).isEqualTo(tagging.slug()).isEqualTo(new Slug("agua-potavel"));
        assertThat(found.tag().key()).isEqualTo(new Tag.Key("Topic", "Água potável"));
        assertThat(storage.tags().find(found.id() + 1_000_000)).isEmpty();
    }

    @Test
    void a_tag_is_found_by_its_slug() {
        CatalogueTag water = storage.tags().findOrAdd(Tag.of("Topic", "Water"));
        CatalogueTag arabic = storage.tags().findOrAdd(Tag.of("Topic", "ماء 💧"));
        CatalogueTag namesake = storage.tags().findOrAdd(Tag.of("Other", "Water"));

        for (CatalogueTag tag : List.of(water, arabic, namesake)) {
            assertThat(storage.tags().find(tag.slug())).contains(tag);
        }
        assertThat(storage.tags().find(new Slug("wat"))).isEmpty();
    }

    @Test
    void a_tag_is_found_by_its_name_in_any_category_and_case() {
        CatalogueTag water = storage.tags().findOrAdd(Tag.of("Topic", "Água"));
        storage.tags().findOrAdd(Tag.of("Other", "ÁGUA"));

        assertThat(storage.tags().named("água")).contains(water);
        assertThat(storage.tags().named("A\u0301GUA\u00A0")).contains(water);
        assertThat(storage.tags().named("agua")).isEmpty();
        assertThat(storage.tags().named("%")).isEmpty();
    }

    @Test
    void a_tag_is_added_once_and_never_changes() {
        Tag first = SampleTag.tag("Topic", "Water")
                .categories(LocalizedText.of("es", "Tema"))
                .names(LocalizedText.of("es", "Agua"))
                .build();

        CatalogueTag added = storage.tags().findOrAdd(first);

        assertThat(added.tag()).isEqualTo(first);
        assertThat(storage.tags().findOrAdd(Tag.of("Topic", "Water"))).isEqualTo(added);
    }

    @Test
    void two_tags_with_one_name_or_one_guid_differ_in_slug_and_guid() {
        Tag topic = Tag.of("Topic", "Water");
        CatalogueTag first = storage.tags().findOrAdd(topic);
        Tag namesake = SampleTag.tag("Geography", "Water").guid(topic.guid()).build();

        CatalogueTag second = storage.tags().findOrAdd(namesake);

        assertThat(first.slug()).isEqualTo(new Slug("water"));
        assertThat(second.slug().value()).startsWith("water-");
        assertThat(second.tag().guid()).isNotEqualTo(first.tag().guid());
        assertThat(second.id()).isNotEqualTo(first.id());
    }

    @Test
    void a_category_that_looks_the_same_is_the_same() {
        storage.tags().findOrAdd(Tag.of("Public sant\u00E9", "Sage-femme"));

        CatalogueTag nurse = storage.tags().findOrAdd(Tag.of("PUBLIC  SANTE\u0301", "Infirmi\u00E8re"));

        assertThat(nurse.tag()).isEqualTo(Tag.of("Public sant\u00E9", "Infirmi\u00E8re"));
        assertThat(storage.tags().categories())
                .extracting(CatalogueCategory::name)
                .containsExactly("Public sant\u00E9");
    }

    @Test
    void categories_are_listed_by_name() {
        storage.tags().findOrAdd(Tag.of("Topic", "Water"));
        storage.tags().findOrAdd(Tag.of("topic", "Soap"));
        storage.tags().findOrAdd(Tag.of("Audience", "Nurse"));
        storage.tags().findOrAdd(Tag.of("Topic", "Air"));

        List<CatalogueCategory> categories = storage.tags().categories();

        assertThat(categories).extracting(CatalogueCategory::name).containsExactly("Audience", "Topic");
        assertThat(categories).extracting(CatalogueCategory::id).doesNotHaveDuplicates();
    }
}
