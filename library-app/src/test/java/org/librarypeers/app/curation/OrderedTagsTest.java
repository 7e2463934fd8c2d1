package org.librarypeers.app.curation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.UserName;

/** Tests that readers see the tags of a topic in the order that a curator chose, below the description of the category. */
class OrderedTagsTest {

    private static final String PASSWORD = "the boss's own password";
    private static final String TOPIC = "main .cards h3:containsOwn(Topic)";

    private static RunningLibrary running;
    private static PageClient boss;

    @BeforeAll
    static void start() {
        running = RunningLibrary.start();
        running.library().accounts().create(new UserName("boss"), Role.ADMIN, null, PASSWORD);
        boss = new PageClient(running.address());
        boss.signIn("boss", PASSWORD);
        publish("One", "Water", "Soap");
        publish("Two", "Water");
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static void publish(String title, String... tags) {
        running.publish(
                Guid.random(),
                ResourceContent.titled(LocalizedText.of("en", title))
                        .tags(List.of(tags).stream()
                                .map(tag -> Tag.of("Topic", tag))
                                .toList())
                        .build());
    }

    private static String tag(String name) {
        return "/tags/"
                + running.library().storage().curation().named("Topic", name).get(0);
    }

    private static String category() {
        return "/categories/"
                + running.library()
                        .storage()
                        .curation()
                        .category("Topic")
                        .orElseThrow()
                        .id();
    }

    private static List<String> listed(PageClient reader, String page) {
        return reader.get(page)
                .page()
                .select(TOPIC + " ~ ul a, aside h3:containsOwn(Topic) ~ ul a")
                .eachText();
    }

    @Test
    void readers_see_the_tags_of_a_topic_in_the_chosen_order_below_its_description() {
        PageClient reader = new PageClient(running.address());
        assertThat(listed(reader, "/")).containsExactly("Water", "Soap");

        Document form = boss.visit(tag("Soap")).page();
        assertThat(boss.submit(form, "form[action^=/tags]", "place", "1").status())
                .isEqualTo(303);
        assertThat(boss.submit(
                                boss.visit(category()).page(),
                                "form[action^=/categories]",
                                "description-en",
                                "What keeps people clean")
                        .status())
                .isEqualTo(303);

        assertThat(listed(reader, "/")).containsExactly("Soap", "Water");
        assertThat(reader.get("/").page().select(TOPIC + " + p").text()).isEqualTo("What keeps people clean");
        Document category = boss.visit(category()).page();
        assertThat(category.select("ul.rows bdi").eachText()).containsExactly("Soap", "Water");
        assertThat(category.select("ul.rows .mark").eachText()).containsExactly("place 1");

        // The form shows the place, and takes it away again.
        Document filled = boss.visit(tag("Soap")).page();
        assertThat(filled.select("[name=place]").val()).isEqualTo("1");
        boss.submit(filled, "form[action^=/tags]", "place", "");
        assertThat(listed(reader, "/")).containsExactly("Water", "Soap");
    }

    @Test
    void a_place_that_is_no_number_is_refused_and_what_was_typed_stays() {
        PageClient.Answer answer = boss.submit(
                boss.visit(tag("Water")).page(),
                "form[action^=/tags]",
                "place",
                "first",
                "description-en",
                "Drinking water");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.page().select("#w-place").text()).contains("1 to 9,999");
        assertThat(answer.page().select("[name=place]").val()).isEqualTo("first");
        assertThat(answer.page().select("[name=description-en]").text()).isEqualTo("Drinking water");
        assertThat(running.library()
                        .storage()
                        .curation()
                        .tag(Long.parseLong(tag("Water").substring("/tags/".length())))
                        .orElseThrow()
                        .place())
                .isNull();
    }
}
