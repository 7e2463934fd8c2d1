package org.librarypeers.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Link;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Tag;

@EnabledIf(value = "org.librarypeers.app.web.Chromium#isThere", disabledReason = "there is no Chromium on this machine")
class ResourcesInChromiumTest {

    private static RunningLibrary running;
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        running = RunningLibrary.start();
        chromium = Chromium.start();
    }

    @AfterAll
    static void stop() {
        chromium.close();
        running.close();
    }

    private static Resource added() {
        ResourceContent content = ResourceContent.titled(LocalizedText.of("en", "Safe water at home"))
                .description(LocalizedText.of("en", "<p>Boil <b>it</b>.</p>"))
                .tags(List.of(Tag.of("Audience", "Midwife")))
                .links(List.of(new Link(
                        Guid.random(), LocalizedText.of("en", "More"), LocalizedText.empty(), "https://a.org", 0, 0)))
                .build();
        return running.library()
                .authoring()
                .create(content, RunningLibrary.REVIEWER)
                .resource();
    }

    @Test
    void the_pages_of_resources_are_free_of_barriers_in_every_look() {
        Resource resource = added();
        String title = "Safe water " + "at home ".repeat(10);
        running.library()
                .authoring()
                .edit(
                        resource.guid(),
                        1,
                        content -> content.toBuilder()
                                .title(LocalizedText.of("en", title))
                                .build(),
                        RunningLibrary.REVIEWER,
                        false);
        EveryPage pages =
                new EveryPage(chromium, running.address(), RunningLibrary.REVIEWER.value(), "a reviewer's password");
        String path = "/resources/" + resource.guid();

        assertThat(pages.troubles("/resources", "resources")).isEmpty();
        assertThat(pages.troubles("/resources?words=none", "resources-empty")).isEmpty();
        assertThat(pages.troubles("/resources/new", "resource-new")).isEmpty();
        assertThat(pages.troubles(path + "/edit", "resource-edit")).isEmpty();
        assertThat(pages.troubles(path + "/history", "resource-history")).isEmpty();
    }

    /** The page that changes it, as a reviewer has it. */
    private static Page edited(Resource resource) {
        Page page = chromium.visitor(running.address());
        EveryPage.signIn(page, RunningLibrary.REVIEWER.value(), "a reviewer's password");
        page.navigate("/resources/" + resource.guid() + "/edit");
        return page;
    }

    @Test
    void what_a_browser_sends_back_untouched_stays_as_it_was() {
        ResourceContent content = added().content().toBuilder()
                .title(LocalizedText.of("en", "Safe water\nat home"))
                .attribution(LocalizedText.of("en", "Written by A.\nDrawn by B."))
                .build();
        Resource resource = running.library()
                .authoring()
                .create(content, RunningLibrary.REVIEWER)
                .resource();
        Page page = edited(resource);

        page.uncheck("input[name=tag]");
        page.click("form[enctype] .actions button");
        page.waitForSelector(".notice");

        assertThat(running.library()
                        .storage()
                        .resources()
                        .find(resource.guid())
                        .orElseThrow()
                        .content())
                .isEqualTo(content.toBuilder().tags(List.of()).build());
        assertThat(chromium.errors()).isEmpty();
    }

    @Test
    void a_description_is_written_as_it_will_look() {
        Resource resource = added();
        Page page = edited(resource);

        page.click(".rich");
        page.keyboard().press("Control+A");
        page.keyboard().type("New words");
        page.keyboard().press("Control+A");
        page.click(".tools button:has-text('Italic')");
        page.click("form[enctype] .actions button");
        page.waitForSelector(".notice");

        assertThat(running.library()
                        .storage()
                        .resources()
                        .find(resource.guid())
                        .orElseThrow()
                        .content()
                        .description()
                        .in("en")
                        .orElseThrow())
                .contains("<i>", "New words");
        assertThat(chromium.errors()).isEmpty();
    }
}
