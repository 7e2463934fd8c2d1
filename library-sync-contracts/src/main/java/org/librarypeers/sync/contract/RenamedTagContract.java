package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.TagRule;
import org.librarypeers.domain.TagRuleKey;
import org.librarypeers.sync.catalogue.CatalogueTag;
import org.librarypeers.sync.curation.CuratedTag;
import org.librarypeers.sync.curation.CurationService;

/** Contract tests of tags and categories that are renamed, also after others were merged into them. */
@Timeout(60)
abstract class RenamedTagContract extends CuratorContract {

    @Test
    void a_renamed_tag_keeps_its_guid_and_peers_that_send_the_old_name_get_the_new_one() {
        Resource resource = resource(AGUA);
        CatalogueTag before = tag(AGUA).tag();
        long position = storage.catalogue().find(resource.guid()).orElseThrow().position();
        Tag wanted = SampleTag.like(AGUA)
                .guid(AGUA.guid())
                .name("Agua potable")
                .names(LocalizedText.of("fr", "Eau"))
                .description(LocalizedText.of("ar", "ماء"))
                .build();

        service().edit(tag(AGUA), wanted, true, null, Samples.AMINA);
        assertThat(found(resource.guid()).content().tags()).containsExactly(wanted);
        assertThat(storage.catalogue()
                        .find(resource.guid())
                        .orElseThrow()
                        .resource()
                        .content()
                        .tags())
                .containsExactly(wanted);
        finish();

        assertThat(storage.tags().find(before.id()).orElseThrow())
                .isEqualTo(new CatalogueTag(before.id(), before.slug(), wanted));
        assertThat(storage.curation().tag(before.id()).orElseThrow().hidden()).isTrue();
        assertThat(storage.catalogue().find(resource.guid()).orElseThrow().position())
                .isGreaterThan(position);
        assertThat(found(resource.guid()).revision().number()).isEqualTo(1);
        assertThat(storage.tagRules().mapping().map(AGUA).key()).isEqualTo(wanted.key());

        CuratedTag water = tag(WATER);
        Tag taken = SampleTag.like(WATER).name("AIR").build();
        resource(AIR);
        assertThatThrownBy(() -> service().edit(water, taken, false, null, Samples.AMINA))
                .isInstanceOf(CurationService.NameTakenException.class);
    }

    @Test
    void a_merged_tag_whose_target_is_renamed_can_still_be_given_back() {
        Resource resource = resource(AGUA);
        service().merge(tag(AGUA), tag(WATER), Samples.AMINA);
        finish();
        Tag renamed =
                SampleTag.like(WATER).guid(WATER.guid()).name("Drinking water").build();
        service().edit(tag(WATER), renamed, false, null, Samples.AMINA);
        finish();
        assertThat(keys(resource)).containsExactly(renamed.key());

        service().revoke(new TagRuleKey(null, AGUA.category(), AGUA.name()), Samples.AMINA);
        finish();

        assertThat(keys(resource)).containsExactly(AGUA.key());
    }

    @Test
    void a_merged_category_whose_target_is_renamed_twice_can_still_be_given_back() {
        Resource resource = resource(AGUA);
        resource(WATER);
        service().merge(category("Tema"), category("Topic"), Samples.AMINA);
        finish();
        service()
                .edit(category("Topic"), "Subject", LocalizedText.empty(), LocalizedText.empty(), false, Samples.AMINA);
        finish();
        service()
                .edit(category("Subject"), "Theme", LocalizedText.empty(), LocalizedText.empty(), false, Samples.AMINA);
        finish();
        assertThat(keys(resource)).containsExactly(new Tag.Key("Theme", AGUA.name()));

        service().revoke(new TagRuleKey(null, "Tema", null), Samples.AMINA);
        finish();

        assertThat(keys(resource)).containsExactly(AGUA.key());
    }

    @Test
    void a_tag_that_gets_the_name_of_a_merged_one_ends_the_merge_in_all_resources() {
        resource(AIR);
        Tag fresh = Tag.of("Topic", "Fresh");
        service().map(new TagRule(null, "Topic", "Fresh", "Topic", "Water"), Samples.AMINA);
        finish();
        Resource merged = approved(Resource.create(
                        Guid.random(),
                        storage.tagRules()
                                .mapping()
                                .map(Samples.titled("Sent with the old tag").toBuilder()
                                        .tags(List.of(fresh))
                                        .build()),
                        Samples.AMINA,
                        Samples.NOON))
                .resource();
        assertThat(keys(merged)).containsExactly(WATER.key());

        service().edit(tag(AIR), SampleTag.like(AIR).name("Fresh").build(), false, null, Samples.AMINA);
        finish();

        assertThat(keys(merged)).containsExactly(fresh.key());
    }

    @Test
    void a_renamed_category_renames_all_its_tags() {
        Resource resource = resource(WATER, AIR);
        service()
                .edit(
                        category("Topic"),
                        "Health topic",
                        new LocalizedText(Map.of("fr", "Thème", "ar", "موضوع")),
                        LocalizedText.empty(),
                        false,
                        Samples.AMINA);
        finish();

        assertThat(keys(resource))
                .containsExactly(new Tag.Key("Health topic", "Water"), new Tag.Key("Health topic", "Air"));
        assertThat(found(resource.guid()).content().tags().get(0).categories())
                .isEqualTo(new LocalizedText(Map.of("fr", "Thème", "ar", "موضوع")));
        assertThat(storage.curation().category("Topic")).isEmpty();

        // Renamed back: the rule for the old name must not send it away again.
        service()
                .edit(
                        category("Health topic"),
                        "Topic",
                        LocalizedText.empty(),
                        LocalizedText.empty(),
                        false,
                        Samples.AMINA);
        finish();
        assertThat(keys(resource)).containsExactly(WATER.key(), AIR.key());
        assertThat(storage.tagRules().mapping().map(WATER)).isEqualTo(WATER);
    }
}
