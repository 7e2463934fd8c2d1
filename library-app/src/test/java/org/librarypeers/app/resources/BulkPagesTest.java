package org.librarypeers.app.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.accounts.AuditLog.Filter;

/** Tests of the filters of the list of resources, of changes of many resources, and of the export. */
@Timeout(120)
class BulkPagesTest {

    private static final String PASSWORD = "a long password";
    private static final Tag WATER = Tag.of("Topic", "Water");

    private final RunningLibrary here = RunningLibrary.start();
    private PageClient reviewer;
    private Resource one;
    private Resource two;

    @BeforeEach
    void fill() {
        here.library().accounts().create(new UserName("amina"), Role.REVIEWER, null, PASSWORD);
        reviewer = new PageClient(here.address());
        reviewer.signIn("amina", PASSWORD);
        one = publish("One", "en", WATER);
        two = publish("Deux", "fr");
    }

    @AfterEach
    void stop() {
        here.close();
    }

    private Resource publish(String title, String language, Tag... tags) {
        return here.publish(
                Guid.random(),
                ResourceContent.titled(LocalizedText.of(language, title))
                        .tags(List.of(tags))
                        .build());
    }

    private Resource found(Resource resource) {
        return here.library().storage().resources().find(resource.guid()).orElseThrow();
    }

    private List<String> titles(String query) {
        return reviewer.visit("/resources?" + query)
                .page()
                .select("tbody th > a")
                .eachText();
    }

    @Test
    void the_list_is_filtered_by_tag_and_language() {
        assertThat(titles("")).containsExactlyInAnyOrder("One", "Deux");
        assertThat(titles("tag=topic:+water")).containsExactly("One");
        assertThat(titles("tag=WATER")).containsExactly("One");
        assertThat(titles("tag=nothing")).isEmpty();
        assertThat(titles("language=fr")).containsExactly("Deux");
        assertThat(titles("language=%3Cscript%3E")).hasSize(2);
        assertThat(titles("source=here&status=approved&words=deux")).containsExactly("Deux");
    }

    @Test
    void everything_that_a_filter_finds_gets_a_tag_after_a_preview() {
        Document list = reviewer.visit("/resources").page();
        PageClient.Answer preview =
                reviewer.submit(list, "#bulk", "action", "add", "label", "Topic: Water", "all", "on");
        assertThat(preview.status()).isEqualTo(200);
        assertThat(preview.page().select("main").text()).contains("1 of 2 ");
        assertThat(found(two).content().tags()).isEmpty();

        // Somebody else was faster, so the preview is shown again.
        here.library()
                .storage()
                .resources()
                .save(found(two).archive(here.library().clock().instant()));
        Resource three = publish("Three", "en");
        PageClient.Answer again = reviewer.submit(preview.page(), "main form");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.page().select("main").text()).contains("2 of 3 ");

        PageClient.Answer done = reviewer.submit(again.page(), "main form");
        assertThat(done.status()).isEqualTo(303);
        assertThat(found(two).content().tags()).containsExactly(WATER);
        assertThat(found(three).content().tags()).containsExactly(WATER);
        assertThat(found(one).revision().number()).isEqualTo(1);
        assertThat(here.library().storage().audit().find(Filter.ALL, null, 1))
                .extracting(entry -> entry.action())
                .containsExactly("resources-changed");
    }

    @Test
    void selected_resources_are_archived_and_submitted() {
        Document list = reviewer.visit("/resources").page();
        assertThat(list.select("input[form=bulk][name=guid]")).hasSize(2);
        PageClient.Answer preview = reviewer.submit(
                list, "#bulk", "action", "archive", "guid", one.guid().toString());
        reviewer.submit(preview.page(), "main form");
        assertThat(found(one).status()).isEqualTo(Status.ARCHIVED);
        assertThat(found(two).status()).isEqualTo(Status.APPROVED);

        preview = reviewer.submit(
                list, "#bulk", "action", "submit", "guid", one.guid().toString());
        reviewer.submit(preview.page(), "main form");
        assertThat(found(one).status()).isEqualTo(Status.PENDING);
    }

    @Test
    void a_change_without_a_tag_or_a_selection_is_refused() {
        Document list = reviewer.visit("/resources").page();
        assertThat(reviewer.submit(list, "#bulk", "action", "add", "all", "on").status())
                .isEqualTo(422);
        assertThat(reviewer.submit(list, "#bulk", "action", "archive").status()).isEqualTo(422);
        assertThat(reviewer.submit(list, "#bulk", "action", "unknown", "all", "on")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void a_mistyped_tag_is_corrected_without_choosing_again() {
        Document list = reviewer.visit("/resources").page();
        PageClient.Answer refused = reviewer.submit(
                list,
                "#bulk",
                "action",
                "add",
                "label",
                "Sopa",
                "guid",
                two.guid().toString());
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.page().select("#label").val()).isEqualTo("Sopa");

        PageClient.Answer preview = reviewer.submit(refused.page(), "main form", "label", "Topic: Soap");
        assertThat(preview.page().select("main .hint")).hasSize(1);
        assertThat(reviewer.submit(preview.page(), "main form").status()).isEqualTo(303);
        assertThat(found(two).content().tags().get(0).key()).isEqualTo(new Tag.Key("Topic", "Soap"));
        assertThat(found(one).content().tags()).containsExactly(WATER);

        PageClient.Answer known = reviewer.submit(list, "#bulk", "action", "add", "label", "Topic: Water", "all", "on");
        assertThat(known.page().select("main .hint")).isEmpty();
    }

    @Test
    void a_tag_that_was_typed_for_another_action_is_ignored() {
        Document list = reviewer.visit("/resources").page();
        PageClient.Answer preview =
                reviewer.submit(list, "#bulk", "action", "archive", "label", "Topic: Water", "all", "on");
        assertThat(preview.status()).isEqualTo(200);
        assertThat(preview.page().select("main").text()).doesNotContain("Topic: Water");
    }

    @Test
    void the_selected_resources_are_exported() {
        Resource three = publish("Three", "en");
        Document list = reviewer.visit("/resources").page();

        List<String> exported = export(list, "guid", two.guid().toString());

        assertThat(exported).singleElement().asString().contains(two.guid().toString());
        assertThat(export(list, "all", "on")).hasSize(3);
        Document filtered = reviewer.visit("/resources?language=en").page();
        assertThat(export(filtered, "all", "on"))
                .hasSize(2)
                .anyMatch(line -> line.contains(three.guid().toString()));
        assertThat(reviewer.submit(list, "#bulk", "do", "export").status()).isEqualTo(422);
        assertThat(list.select("#bulk button[name=do][value=export]")).hasSize(1);
    }

    private List<String> export(Document list, String field, String value) {
        PageClient.Answer answer = reviewer.submit(list, "#bulk", "do", "export", field, value);
        assertThat(answer.response().headers().firstValue("Content-Disposition"))
                .hasValueSatisfying(header -> assertThat(header).startsWith("attachment"));
        return answer.response().body().lines().toList();
    }

    @Test
    void what_a_filter_finds_is_exported() {
        assertThat(reviewer.get("/resources/export?language=fr")
                        .response()
                        .body()
                        .lines())
                .singleElement()
                .asString()
                .contains(two.guid().toString());
        assertThat(reviewer.get("/resources/export?tag=Water&status=approved")
                        .response()
                        .body()
                        .lines())
                .singleElement()
                .asString()
                .contains(one.guid().toString());
        assertThat(reviewer.get("/resources/export?source=here")
                        .response()
                        .body()
                        .lines())
                .hasSize(2);
        assertThat(reviewer.get("/resources/export?words=deux")
                        .response()
                        .body()
                        .lines())
                .hasSize(1);
        assertThat(new PageClient(here.address()).get("/resources/export").status())
                .isEqualTo(303);
    }
}
