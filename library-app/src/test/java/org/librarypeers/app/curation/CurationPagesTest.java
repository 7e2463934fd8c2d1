package org.librarypeers.app.curation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.TagRule;
import org.librarypeers.domain.UserName;

/** Tests of the journeys of a curator: the vocabulary of peers, and the topics of the home page. */
class CurationPagesTest extends CuratedLibraries {

    @Test
    void two_categories_of_a_peer_are_merged_and_stay_merged_after_its_next_sync() {
        Resource one = other.publish(Guid.random(), content("One", WATER));
        Resource two = other.publish(Guid.random(), content("Two", Tag.of("Tema", "Air")));
        sync();

        Document preview = boss.visit(category("Tema") + "/merge?into=topic").page();
        assertThat(preview.select("#confirm p").text()).contains("1 resource ");
        submit(preview, "#confirm");
        awaitChanges();
        assertThat(tags(two.guid())).containsExactly(new Tag.Key("Topic", "Air"));
        assertThat(boss.visit("/tags").page().select("th[scope=row] a").eachText())
                .containsExactly("Topic");

        // Nothing new: the peer sends what it sent before.
        assertThat(sync().updated()).isZero();
        Resource theirs = other.library().storage().resources().find(two.guid()).orElseThrow();
        other.library()
                .storage()
                .resources()
                .save(theirs.edit(
                        content("Two, second edition", Tag.of("TEMA", "Air"), Tag.of("Tema", "Soap")),
                        UserName.SYSTEM,
                        other.library().clock().instant()));
        Resource three = other.publish(Guid.random(), content("Three", Tag.of("Tema", "Air")));
        assertThat(sync()).isEqualTo(SyncTally.NONE.added(1).plus(SyncTally.NONE.updated(1)));

        assertThat(found(two.guid()).content().title().best(List.of("en"))).isEqualTo("Two, second edition");
        assertThat(tags(two.guid())).containsExactly(new Tag.Key("Topic", "Air"), new Tag.Key("Topic", "Soap"));
        assertThat(tags(three.guid())).containsExactly(new Tag.Key("Topic", "Air"));
        assertThat(tags(one.guid())).containsExactly(WATER.key());
        assertThat(boss.visit("/resources/" + two.guid() + "/history").page().text())
                .contains("boss");

        submit(boss.visit("/rules").page(), "main form[action='/rules/revoke']");
        awaitChanges();
        assertThat(tags(three.guid())).containsExactly(new Tag.Key("Tema", "Air"));
        assertThat(sync().updated()).isZero();
    }

    @Test
    void all_rules_are_listed_page_by_page_the_newest_first() {
        for (int i = 1; i <= 51; i++) {
            here.library()
                    .storage()
                    .tagRules()
                    .put(
                            new TagRule(peer.id(), "Category " + i, null, "Topic", null),
                            new UserName("boss"),
                            here.library().clock().instant());
        }
        for (String address : List.of("/rules", "/peers/" + peer.id() + "/tags")) {
            Document first = boss.visit(address).page();
            List<String> rules = first.select(".row-title bdi:first-child").eachText();
            assertThat(rules).hasSize(50).startsWith("Category 51").endsWith("Category 2");
            Document second =
                    boss.visit(first.select("a[rel=next]").attr("href")).page();
            assertThat(second.select(".row-title bdi:first-child").eachText()).containsExactly("Category 1");
            assertThat(second.select("a[rel=prev]")).hasSize(1);
        }
    }

    @Test
    void a_tag_of_a_peer_is_mapped_to_ours_for_all_that_it_sends() {
        here.publish(Guid.random(), content("Ours", WATER, Tag.of("Agua", "Potable")));
        Resource theirs = other.publish(Guid.random(), content("Theirs", Tag.of("Agua", "Potable")));
        sync();

        Document page = boss.visit("/peers/" + peer.id() + "/tags?category=Agua&name=Potable")
                .page();
        assertThat(page.select("section ul.rows bdi").eachText()).contains("Potable");
        submit(page, "#map", "to-category", "Topic", "to-name", "Water");
        awaitChanges();
        assertThat(tags(theirs.guid())).containsExactly(WATER.key());
        Resource later = other.publish(Guid.random(), content("Later", Tag.of("Agua", "potable")));
        sync();
        assertThat(tags(later.guid())).containsExactly(WATER.key());
        assertThat(here.library()
                        .storage()
                        .curation()
                        .resources(here.library().storage().curation().named("Agua", null), null))
                .isEqualTo(1);

        PageClient.Answer refused = boss.submit(page, "#map", "to-category", "", "to-name", "");
        assertThat(refused.status()).isEqualTo(422);
    }

    @Test
    void a_tag_is_renamed_translated_and_hidden() {
        Resource resource = here.publish(Guid.random(), content("Ours", WATER));
        String tag =
                boss.visit(category("Topic")).page().select("main ul.rows a").attr("href");
        Document form = boss.visit(tag).page();
        assertThat(form.select("input[name=names-es]").attr("dir")).isEqualTo("ltr");

        submit(form, "main form", "name", "Drinking water", "names-es", "Agua potable", "description-es", "Para beber");
        awaitChanges();

        Tag changed = found(resource.guid()).content().tags().get(0);
        assertThat(changed.key()).isEqualTo(new Tag.Key("Topic", "Drinking water"));
        assertThat(changed.guid()).isEqualTo(WATER.guid());
        assertThat(changed.names()).isEqualTo(LocalizedText.of("es", "Agua potable"));
        assertThat(new PageClient(here.address(), "es").visit("/").page().text())
                .contains("Agua potable");

        // Somebody saved the same form before.
        PageClient.Answer stale = boss.submit(form, "main form", "name", "Another");
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.page().select("input[name=name]").val()).isEqualTo("Another");
        submit(stale.page(), "main form", "name", "Drinking water");
        submit(boss.visit(tag).page(), "main form", "hidden", "on");
        assertThat(new PageClient(here.address(), "es")
                        .visit("/")
                        .page()
                        .select(".cards")
                        .text())
                .doesNotContain("Agua potable");
        assertThat(boss.get("/tags/999999").status()).isEqualTo(404);
        assertThat(boss.get("/categories/x").status()).isEqualTo(404);
    }

    @Test
    void texts_of_a_tag_in_languages_that_the_library_does_not_use_stay() {
        LocalizedText description = LocalizedText.of("de", "Zum Trinken").with("en", "To drink");
        Tag written = new Tag(
                Guid.random(),
                "Topic",
                "Soap",
                LocalizedText.empty(),
                LocalizedText.of("en", "Soap"),
                description,
                LocalizedText.of("it", "Sapone"),
                null);
        Resource resource = here.publish(Guid.random(), content("Ours", written));
        String tag =
                boss.visit(category("Topic")).page().select("main ul.rows a").attr("href");

        Document form = boss.visit(tag).page();
        assertThat(form.select("[name=description-de]").text()).isEqualTo("Zum Trinken");
        form.select("[name=summary-it]").remove();
        submit(form, "main form", "name", "Soaps");
        awaitChanges();

        Tag saved = found(resource.guid()).content().tags().get(0);
        assertThat(saved.name()).isEqualTo("Soaps");
        assertThat(saved.description()).isEqualTo(description);
        assertThat(saved.summary()).isEqualTo(LocalizedText.of("it", "Sapone"));
    }

    @Test
    void invented_categories_of_a_peer_never_push_the_chosen_topics_off() {
        here.publish(Guid.random(), content("Ours", WATER, Tag.of("Audience", "Nurse")));
        for (int i = 0; i < 10; i++) {
            other.publish(Guid.random(), content("Theirs " + i, Tag.of("Invented " + i, "A"), Tag.of("Invented", "B")));
        }
        sync();
        PageClient reader = new PageClient(here.address());
        assertThat(topics(reader)).containsExactly("Audience", "Topic");

        String topic = category("Topic").replaceFirst(".*/", "");
        String invented = category("Invented").replaceFirst(".*/", "");
        submit(boss.visit("/tags").page(), "main form", "place-" + topic, "1", "place-" + invented, "2");
        assertThat(topics(reader)).containsExactly("Topic", "Invented");

        // As if only one category stood on this page of the list.
        String csrf = boss.visit("/tags").page().select("main input[name=csrf]").val();
        String audience = category("Audience").replaceFirst(".*/", "");
        boss.post("/tags", "csrf", csrf, "category", audience, "place-" + audience, "2");
        assertThat(topics(reader)).containsExactly("Topic", "Audience", "Invented");
    }

    private static List<String> topics(PageClient reader) {
        Document page = reader.visit("/").page();
        List<String> all = page.select("section[aria-labelledby=topics] h3").eachText();
        return all.subList(0, all.size() - 1);
    }
}
