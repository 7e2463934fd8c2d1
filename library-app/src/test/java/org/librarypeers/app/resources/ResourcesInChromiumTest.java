package org.librarypeers.app.resources;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.server.EveryPage;
import org.librarypeers.app.web.Chromium;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.contract.SampleAttachment;

@EnabledIf(
        value = "org.librarypeers.app.web.Chromium#isInstalled",
        disabledReason = "there is no Chromium on this machine")
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
                .attachments(
                        AttachmentKind.LINK,
                        List.of(SampleAttachment.link("https://a.org")
                                .title("More")
                                .build()))
                .build();
        return running.library()
                .authoring()
                .create(content, RunningLibrary.REVIEWER)
                .resource();
    }

    @Test
    void the_pages_of_resources_are_accessible_in_light_and_dark() {
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

    /** Opens the edit page of the resource as a reviewer. */
    private static Page edited(Resource resource) {
        Page page = chromium.visitor(running.address());
        EveryPage.signIn(page, RunningLibrary.REVIEWER.value(), "a reviewer's password");
        page.navigate("/resources/" + resource.guid() + "/edit");
        return page;
    }

    @Test
    void submitting_an_unchanged_form_changes_nothing() {
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
    void a_description_is_edited_as_rich_text() {
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

    private static String field(Page page) {
        return page.inputValue("#f-description");
    }

    private static String shown(Page page) {
        return page.innerHTML(".rich");
    }

    @Test
    void after_going_back_the_editor_shows_the_value_of_the_form() {
        Page page = edited(added());
        page.onDialog(dialog -> dialog.accept());
        page.click(".rich");
        page.keyboard().press("Control+A");
        page.keyboard().type("Rewritten");

        page.navigate("/about");
        page.goBack();
        page.waitForSelector(".rich");

        assertThat(page.textContent(".rich"))
                .isEqualTo(page.evaluate(
                        "html => new DOMParser().parseFromString(html, 'text/html').body.textContent", field(page)));
        if (page.querySelector(".draft") != null) {
            page.click(".draft button");
        }
        assertThat(page.textContent(".rich")).isEqualTo("Rewritten");
        assertThat(field(page)).isEqualTo(shown(page));
    }

    @Test
    void an_unsaved_draft_is_offered_until_it_is_saved() {
        Resource resource = added();
        Page page = edited(resource);
        page.onDialog(dialog -> dialog.accept());
        page.fill("#f-title", "Half a title");
        page.click(".rich");
        page.keyboard().press("Control+A");
        page.keyboard().type("Half a <text>");
        page.fill("[name=tag-new] >> nth=0", "Topic: Water");
        page.click("[data-more][value=links]");
        page.fill("[name=link-url] >> nth=-1", "https://example.org/last");

        page.navigate("/resources");
        page.navigate("/resources/" + resource.guid() + "/edit");
        page.waitForSelector(".draft");
        assertThat(page.inputValue("#f-title")).isEqualTo("Safe water at home");
        page.click(".draft button:has-text('Restore it')");

        assertThat(page.inputValue("#f-title")).isEqualTo("Half a title");
        assertThat(page.textContent(".rich")).isEqualTo("Half a <text>");
        assertThat(page.inputValue("[name=tag-new] >> nth=0")).isEqualTo("Topic: Water");
        assertThat(page.inputValue("[name=link-url] >> nth=-1")).isEqualTo("https://example.org/last");
        page.click("form[enctype] .actions:last-child button");
        page.waitForSelector(".notice");

        assertThat(running.library()
                        .storage()
                        .resources()
                        .find(resource.guid())
                        .orElseThrow()
                        .content()
                        .title()
                        .in("en"))
                .contains("Half a title");
        assertThat(page.querySelector(".draft")).isNull();
        assertThat(page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('unsaved:')).length"))
                .isEqualTo(0);
        assertThat(chromium.errors()).isEmpty();
    }

    @Test
    void discarded_and_other_users_drafts_are_not_offered_and_signing_out_deletes_drafts() {
        Resource resource = added();
        Page page = edited(resource);
        page.onDialog(dialog -> dialog.accept());
        page.fill("#f-title", "Half a title");
        page.navigate("/resources");
        page.evaluate("localStorage.setItem('unsaved:other:/x', JSON.stringify({at: Date.now(), fields: []}))");
        page.evaluate("localStorage.setItem('unsaved:other:/old', JSON.stringify({at: 1, fields: []}))");
        page.click("form[action='/signout'] button");
        page.waitForSelector("header a[href='/signin']");

        assertThat(page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('unsaved:')).join()"))
                .isEqualTo("unsaved:other:/x");

        EveryPage.signIn(page, RunningLibrary.REVIEWER.value(), "a reviewer's password");
        page.navigate("/resources/" + resource.guid() + "/edit");
        page.fill("#f-title", "Another half");
        page.navigate("/resources");
        page.navigate("/resources/" + resource.guid() + "/edit");
        page.click(".draft button:has-text('Discard')");
        page.reload();
        page.waitForSelector(".rich");
        assertThat(page.querySelector(".draft")).isNull();
        assertThat(page.inputValue("#f-title")).isEqualTo("Safe water at home");
        assertThat(chromium.errors()).isEmpty();
    }

    @Test
    void the_forms_with_kept_files_and_after_an_ended_session_are_accessible() {
        Resource resource = added();
        Page page = edited(resource);
        page.setInputFiles("#f-image", new com.microsoft.playwright.options.FilePayload("water.png", "image/png", PNG));
        page.fill("#f-title", "");
        page.click("form[enctype] .actions button");
        page.waitForSelector("[data-waiting] img");
        assertThat(Chromium.barriers(page)).isEmpty();
        assertThat(page.evaluate("document.querySelector('[data-waiting] img').naturalWidth"))
                .isEqualTo(1);

        page.fill("#f-title", "Kept");
        running.execute("truncate session");
        page.click("form[enctype] .actions button");
        page.waitForSelector("input[name=password]");
        assertThat(Chromium.barriers(page)).isEmpty();
        page.fill("input[name=username]", RunningLibrary.REVIEWER.value());
        page.fill("input[name=password]", "a reviewer's password");
        page.click("main form button");
        page.waitForSelector("h1:has-text('Send the form again')");
        assertThat(Chromium.barriers(page)).isEmpty();
        page.click("main form button");
        page.waitForSelector(".notice");

        ResourceContent saved = running.library()
                .storage()
                .resources()
                .find(resource.guid())
                .orElseThrow()
                .content();
        assertThat(saved.title().in("en")).contains("Kept");
        assertThat(saved.image()).endsWith("water.png");
        assertThat(chromium.errors()).isEmpty();
    }

    /** An image of one pixel. */
    private static final byte[] PNG = java.util.Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    @Test
    void no_content_makes_a_page_scroll_sideways() {
        String deep = "<ul><li>x ".repeat(300) + "</li></ul>".repeat(300)
                + "<blockquote>y ".repeat(300) + "</blockquote>".repeat(300)
                + "<table><tr><td>z ".repeat(40) + "</td></tr></table>".repeat(40)
                + "<pre>" + "w".repeat(3_000) + "</pre><table><tr>" + "<td>wide</td>".repeat(60) + "</tr></table>";
        String word = "W".repeat(900);
        Resource resource = running.publish(
                Guid.random(),
                ResourceContent.titled(LocalizedText.of("en", word))
                        .description(LocalizedText.of("en", deep))
                        .attribution(LocalizedText.of("en", word))
                        .tags(List.of(Tag.of("C" + word.substring(0, 98), "T" + word.substring(0, 98))))
                        .attachments(
                                AttachmentKind.LINK,
                                List.of(SampleAttachment.link("https://a.org/" + word)
                                        .title(word)
                                        .description(deep)
                                        .build()))
                        .build());
        Page page = chromium.visitor(
                running.address(), new com.microsoft.playwright.Browser.NewContextOptions().setViewportSize(360, 740));
        EveryPage.signIn(page, RunningLibrary.REVIEWER.value(), "a reviewer's password");
        List<String> wide = new java.util.ArrayList<>();
        for (String path : List.of(
                "/",
                "/search",
                "/resource/" + resource.slug(),
                "/tag/"
                        + running.texts("select slug from tag order by id desc limit 1")
                                .get(0),
                "/review/" + resource.guid(),
                "/resources",
                "/resources/" + resource.guid() + "/edit",
                "/resources/" + resource.guid() + "/history")) {
            page.navigate(path);
            Object over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            if (((Number) over).intValue() > 0) {
                wide.add(path + " by " + over);
            }
        }
        assertThat(wide).isEmpty();
    }
}
