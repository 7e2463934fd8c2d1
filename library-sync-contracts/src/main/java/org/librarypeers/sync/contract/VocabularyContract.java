package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.catalogue.BrowseQuery;
import org.librarypeers.sync.catalogue.CatalogueCategory;
import org.librarypeers.sync.catalogue.Facets;
import org.librarypeers.sync.curation.CuratedCategory;
import org.librarypeers.sync.curation.CuratedTag;

/** Contract tests of the vocabulary: its counts, orders, descriptions, topics, and what is hidden. */
@Timeout(60)
abstract class VocabularyContract extends CuratorContract {

    private List<String> topics() {
        return storage.tags().topics().stream().map(CatalogueCategory::name).toList();
    }

    @Test
    void categories_and_tags_are_counted() {
        resource(WATER, AIR);
        resource(WATER);
        saved(Samples.tagged(WATER, AGUA));
        storage.tags().findOrAdd(Tag.of("Unused", "Tag"));

        assertThat(storage.curation().categories(0, 10).items())
                .extracting(CuratedCategory::name, CuratedCategory::tags, CuratedCategory::resources)
                .containsExactly(tuple("Tema", 1, 0L), tuple("Topic", 2, 3L));
        assertThat(storage.curation().categories(1, 1).items())
                .extracting(CuratedCategory::name)
                .containsExactly("Topic");
        assertThat(storage.curation().categories(0, 1).last()).isFalse();
        assertThat(storage.curation().tags(category("topic").id(), 0, 10).items())
                .extracting(tag -> tag.tag().tag(), CuratedTag::resources)
                .containsExactly(tuple(AIR, 1L), tuple(WATER, 2L));
        long water = tag(WATER).tag().id();
        assertThat(storage.curation().resources(Set.of(water), null)).isEqualTo(3);
        assertThat(storage.curation().named("TOPIC", "water")).containsExactly(water);
        assertThat(storage.curation().named("Topic", null)).hasSize(2);
        assertThat(storage.curation().category(-1)).isEmpty();
        assertThat(storage.curation().tag(-1)).isEmpty();
    }

    @Test
    void hidden_tags_and_categories_are_no_facets() {
        resource(WATER, AIR, AGUA);
        service().edit(tag(WATER), WATER, true, null, Samples.AMINA);
        service().edit(category("Tema"), "Tema", LocalizedText.empty(), LocalizedText.empty(), true, Samples.AMINA);
        finish();

        assertThat(storage.catalogue().facets(BrowseQuery.APPROVED).tags())
                .extracting(counted -> counted.tag().tag())
                .containsExactly(AIR);
        assertThat(storage.catalogue()
                        .facets(BrowseQuery.APPROVED
                                .in("en")
                                .tagged(Set.of(tag(AIR).tag().id())))
                        .tags())
                .extracting(counted -> counted.tag().tag())
                .containsExactly(AIR);
        assertThat(storage.catalogue().topics())
                .extracting(counted -> counted.tag().tag())
                .containsExactly(AIR);
    }

    @Test
    void tags_with_a_place_come_first_in_facets_and_for_curators() {
        Tag third = Tag.of("Topic", "Soap");
        resource(WATER, AIR, third);
        resource(WATER);
        service().edit(tag(third), third, false, 1, Samples.AMINA);
        service().edit(tag(AIR), AIR, false, 2, Samples.AMINA);

        List<Tag> wanted = List.of(third, AIR, WATER);
        assertThat(storage.catalogue().facets(BrowseQuery.APPROVED).tags())
                .extracting(counted -> counted.tag().tag())
                .isEqualTo(wanted);
        assertThat(storage.catalogue().facets(BrowseQuery.APPROVED.in("en")).tags())
                .extracting(counted -> counted.tag().tag())
                .isEqualTo(wanted);
        assertThat(storage.catalogue().topics())
                .extracting(counted -> counted.tag().tag())
                .isEqualTo(wanted);
        assertThat(storage.curation().tags(category("Topic").id(), 0, 10).items())
                .extracting(CuratedTag::place)
                .containsExactly(1, 2, null);
        assertThat(storage.curation().unfinished()).isEmpty();

        service().edit(tag(third), third, false, null, Samples.AMINA);
        assertThat(storage.catalogue().topics())
                .extracting(counted -> counted.tag().tag())
                .containsExactly(AIR, WATER, third);
    }

    @Test
    void a_place_keeps_a_rare_tag_in_the_facets() {
        Tag rare = Tag.of("Topic", "Zinc");
        for (int i = 0; i < Facets.TAGS_PER_CATEGORY; i++) {
            resource(Tag.of("Topic", "Often " + i));
            resource(Tag.of("Topic", "Often " + i));
        }
        resource(rare);
        assertThat(storage.catalogue().topics())
                .extracting(counted -> counted.tag().tag())
                .doesNotContain(rare);

        service().edit(tag(rare), rare, false, 7, Samples.AMINA);

        assertThat(storage.catalogue().topics().get(0).tag().tag()).isEqualTo(rare);
        assertThat(storage.catalogue().topics()).hasSize(Facets.TAGS_PER_CATEGORY);
    }

    @Test
    void a_description_of_a_category_is_kept_and_changes_no_resource() {
        Resource resource = resource(WATER);
        LocalizedText about = new LocalizedText(Map.of("en", "Clean water", "fr", "Eau potable"));

        service().edit(category("Topic"), "Topic", LocalizedText.empty(), about, false, Samples.AMINA);

        assertThat(category("Topic").description()).isEqualTo(about);
        assertThat(storage.tags().topics())
                .extracting(CatalogueCategory::description)
                .containsExactly(about);
        assertThat(storage.tags().categories())
                .extracting(CatalogueCategory::description)
                .containsExactly(about);
        assertThat(storage.curation().unfinished()).isEmpty();
        assertThat(found(resource.guid()).updated()).isEqualTo(resource.updated());
    }

    @Test
    void the_topics_are_those_that_were_chosen_otherwise_the_librarys_own() {
        assertThat(topics()).isEmpty();
        Peer peer = savedPeer("https://one.example.org");
        from(peer, Tag.of("Invented", "One"), Tag.of("Also invented", "Two"));
        assertThat(topics()).isEmpty();

        resource(WATER, Tag.of("Audience", "Nurse"));
        assertThat(topics()).containsExactly("Audience", "Topic");

        storage.curation()
                .chooseTopics(
                        List.of(category("Topic").id(), category("Invented").id()));
        assertThat(topics()).containsExactly("Topic", "Invented");
        assertThat(storage.curation().categories(0, 10).items())
                .extracting(CuratedCategory::name)
                .containsExactly("Topic", "Invented", "Also invented", "Audience");
        assertThat(category("Topic").topic()).isTrue();
        assertThat(category("Invented").own()).isFalse();

        storage.curation().chooseTopics(List.of());
        assertThat(topics()).containsExactly("Audience", "Topic");
    }

    @Test
    void the_place_of_a_merged_topic_goes_to_the_category_that_stays() {
        resource(WATER, AGUA, Tag.of("Audience", "Nurse"));
        storage.curation()
                .chooseTopics(
                        List.of(category("Tema").id(), category("Audience").id()));

        service().merge(category("Tema"), category("Topic"), Samples.AMINA);
        finish();
        assertThat(topics()).containsExactly("Topic", "Audience");

        service().merge(category("Audience"), category("Topic"), Samples.AMINA);
        finish();
        assertThat(topics()).containsExactly("Topic");
    }
}
