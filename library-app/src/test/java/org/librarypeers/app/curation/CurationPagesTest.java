package org.librarypeers.app.curation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.TagRule;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.SyncListener;

/** Tests of the journeys of a curator: the vocabulary of peers, the topics of the home page, and duplicates. */
@Timeout(180)
class CurationPagesTest {

    private static final String PASSWORD = "the boss's own password";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Tag WATER = Tag.of("Topic", "Water");

    private final RunningLibrary other = RunningLibrary.start("Other library");
    private final RunningLibrary here = RunningLibrary.start();
    private Peer peer;
    private PageClient boss;

    @BeforeEach
    void signIn() {
        here.library().accounts().create(new UserName("boss"), Role.ADMIN, null, PASSWORD);
        boss = new PageClient(here.address());
        boss.signIn("boss", PASSWORD);
        peer = here.addPeer(other);
    }

    @AfterEach
    void close() {
        here.close();
        other.close();
    }

    private static ResourceContent content(String title, Tag... tags) {
        return ResourceContent.titled(LocalizedText.of("en", title))
                .tags(List.of(tags))
                .build();
    }

    private SyncTally sync() {
        SyncTally tally =
                here.library().sync().sync(peer, SyncListener.NONE).log().tally();
        here.library().review().approveAll();
        return tally;
    }

    private Resource found(Guid guid) {
        return here.library().storage().resources().find(guid).orElseThrow();
    }

    private List<Tag.Key> tags(Guid guid) {
        return found(guid).content().tags().stream().map(Tag::key).toList();
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private void awaitChanges() {
        await(
                "the changes reach all resources",
                () -> here.library().storage().curation().unfinished().isEmpty());
    }

    private PageClient.Answer submit(Document page, String form, String... fields) {
        PageClient.Answer answer = boss.submit(page, form, fields);
        assertThat(answer.status()).as(answer.page().text()).isEqualTo(303);
        return answer;
    }

    private String category(String name) {
        return "/categories/"
                + here.library()
                        .storage()
                        .curation()
                        .category(name)
                        .orElseThrow()
                        .id();
    }

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

    private void awaitDuplicates() {
        await(
                "the duplicates are found",
                () -> !here.library().storage().duplicates().groups(null, 1).isEmpty());
    }

    @Test
    void a_duplicate_is_archived_and_its_address_leads_to_the_other_one() {
        Resource ours = here.publish("Safe drinking water");
        Resource theirs = other.publish("Safe Drinking Water!");
        sync();
        awaitDuplicates();

        assertThat(boss.visit("/resources/" + ours.guid() + "/edit")
                        .page()
                        .select("#duplicates bdi")
                        .text())
                .isEqualTo("Safe Drinking Water!");
        String link = boss.visit("/duplicates")
                .page()
                .select("a[href*='from=" + theirs.guid() + "']")
                .attr("href");
        Document confirm = boss.visit(link).page();
        submit(confirm, "main form");

        assertThat(found(theirs.guid()).status()).isEqualTo(Status.ARCHIVED);
        PageClient reader = new PageClient(here.address());
        PageClient.Answer moved = reader.get("/resource/" + found(theirs.guid()).slug());
        assertThat(moved.status()).isEqualTo(301);
        assertThat(moved.location()).isEqualTo("/resource/" + ours.slug());
        assertThat(boss.visit("/duplicates").page().select(".duplicate")).isEmpty();

        // A second submission of the same form changes nothing.
        submit(confirm, "main form");
        assertThat(found(ours.guid()).status()).isEqualTo(Status.APPROVED);

        submit(boss.visit("/resources/" + theirs.guid() + "/edit").page(), "form[action='/duplicates/restore']");
        assertThat(found(theirs.guid()).status()).isEqualTo(Status.APPROVED);
        assertThat(here.library()
                        .storage()
                        .decisions()
                        .about(theirs.guid())
                        .get(0)
                        .by())
                .isEqualTo(new UserName("boss"));
        assertThat(reader.get("/resource/" + found(theirs.guid()).slug()).status())
                .isEqualTo(200);
    }

    @Test
    void a_resource_that_is_in_use_again_can_take_the_place_of_the_one_that_replaced_it() {
        Resource ours = here.publish("Safe drinking water");
        Resource theirs = other.publish("Safe Drinking Water!");
        sync();
        awaitDuplicates();
        archive(theirs, ours);
        here.library().review().approve(List.of(theirs.guid()));

        archive(ours, theirs);

        PageClient reader = new PageClient(here.address());
        assertThat(reader.get("/resource/" + ours.slug()).location())
                .isEqualTo("/resource/" + found(theirs.guid()).slug());
        assertThat(reader.get("/resource/" + found(theirs.guid()).slug()).status())
                .isEqualTo(200);
    }

    private void archive(Resource from, Resource to) {
        submit(
                boss.visit("/duplicates/archive?from=" + from.guid() + "&to=" + to.guid())
                        .page(),
                "main form");
    }

    @Test
    void what_a_peer_changed_while_it_was_archived_is_not_published_unread() {
        Resource ours = here.publish("Safe drinking water");
        Resource theirs = other.publish("Safe Drinking Water!");
        sync();
        awaitDuplicates();
        submit(
                boss.visit("/duplicates/archive?from=" + theirs.guid() + "&to=" + ours.guid())
                        .page(),
                "main form");
        Resource sent =
                other.library().storage().resources().find(theirs.guid()).orElseThrow();
        other.library()
                .storage()
                .resources()
                .save(sent.edit(
                        content("Nobody has read this"),
                        UserName.SYSTEM,
                        other.library().clock().instant()));
        here.library().sync().sync(peer, SyncListener.NONE);
        assertThat(found(theirs.guid()).content()).isEqualTo(content("Nobody has read this"));
        assertThat(found(theirs.guid()).status()).isEqualTo(Status.ARCHIVED);

        submit(boss.visit("/resources/" + theirs.guid() + "/edit").page(), "form[action='/duplicates/restore']");

        assertThat(found(theirs.guid()).status()).isEqualTo(Status.PENDING);
        assertThat(new PageClient(here.address())
                        .get("/resource/" + found(theirs.guid()).slug())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void a_rejected_duplicate_stays_rejected_when_its_redirect_is_removed() {
        Resource ours = here.publish("Safe drinking water");
        Resource theirs = other.publish("Safe Drinking Water!");
        here.library().sync().sync(peer, SyncListener.NONE);
        awaitDuplicates();
        submit(
                boss.visit("/duplicates/archive?from=" + theirs.guid() + "&to=" + ours.guid())
                        .page(),
                "main form");
        assertThat(found(theirs.guid()).status()).isEqualTo(Status.REJECTED);

        Document page = boss.visit("/resources/" + theirs.guid() + "/edit").page();
        assertThat(page.select("form[action='/duplicates/restore'] button").text())
                .doesNotContain("publish");
        submit(page, "form[action='/duplicates/restore']");

        assertThat(found(theirs.guid()).status()).isEqualTo(Status.REJECTED);
        assertThat(here.library().storage().duplicates().redirect(theirs.guid()))
                .isEmpty();
    }

    @Test
    void a_group_that_is_no_duplicate_is_dismissed() {
        here.publish("Safe drinking water");
        here.publish("Safe drinking water");
        awaitDuplicates();

        submit(boss.visit("/duplicates").page(), "main form[action='/duplicates']");

        assertThat(boss.visit("/duplicates").page().select(".duplicate")).isEmpty();
        assertThat(boss.get("/duplicates/archive?from=x&to=y").status()).isEqualTo(404);
    }
}
