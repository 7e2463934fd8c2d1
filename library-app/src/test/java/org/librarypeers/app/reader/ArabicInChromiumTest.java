package org.librarypeers.app.reader;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.server.EveryPage;
import org.librarypeers.app.web.Chromium;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Tag;

/** Tests reading in Arabic on a phone: the direction, the menu, the search, a resource, and that nothing scrolls sideways. */
@EnabledIf(
        value = "org.librarypeers.app.web.Chromium#isInstalled",
        disabledReason = "there is no Chromium on this machine")
class ArabicInChromiumTest {

    private static final String TITLE = "غسل اليدين بالماء والصابون";
    private static final String MENU = "#menu";

    private static RunningLibrary running;
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        running = RunningLibrary.start("District library");
        chromium = Chromium.start();
        running.publish(
                Guid.random(),
                ResourceContent.titled(LocalizedText.of("ar", TITLE).with("en", "Washing hands with water and soap"))
                        .description(
                                LocalizedText.of("ar", "<p>دليل قصير مع a_very_long_word_" + "x".repeat(80) + "</p>")
                                        .with("en", "<p>A short guide.</p>"))
                        .tags(List.of(Tag.of("Health topic", "Hygiene")))
                        .build());
        running.publish("Only in English");
        // Indexes what was published.
        new PageClient(running.address()).get("/search?q=water");
    }

    @AfterAll
    static void stop() {
        chromium.close();
        running.close();
    }

    @AfterEach
    void no_script_fails() {
        assertThat(chromium.errors()).isEmpty();
    }

    private static Page phone() {
        return chromium.visitor(
                running.address(),
                new Browser.NewContextOptions()
                        .setLocale("ar")
                        .setViewportSize(360, 740)
                        .setHasTouch(true)
                        .setIsMobile(true));
    }

    private static void assertReadable(Page page) {
        assertThat(page.locator("html")).hasAttribute("dir", "rtl");
        assertThat(page.locator("html")).hasAttribute("lang", "ar");
        assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                .as(page.url())
                .isEqualTo(true);
        assertThat(Chromium.barriers(page)).isEmpty();
    }

    @Test
    void a_reader_finds_and_reads_a_resource_in_arabic_on_a_phone() {
        Page page = phone();
        page.navigate("/");
        assertReadable(page);
        assertThat(page.evaluate("getComputedStyle(document.querySelector('h1')).direction"))
                .isEqualTo("rtl");

        page.locator("#q").fill("اليدين");
        page.locator("#q").press("Enter");
        assertThat(page).hasURL(Pattern.compile("/search\\?"));
        assertThat(page.locator(".found h3")).hasText(new String[] {TITLE});
        assertReadable(page);

        page.locator(".found h3 a").tap();
        assertThat(page.locator("h1")).hasText(TITLE);
        assertThat(page.locator("h1")).hasAttribute("dir", "rtl");
        assertReadable(page);

        page.navigate("/search?q=english");
        assertThat(page.locator(".found h3")).hasText(new String[] {"Only in English"});
        assertReadable(page);
    }

    @Test
    void the_menu_of_a_reviewer_opens_and_closes_in_arabic_on_a_phone() {
        Page page = phone();
        EveryPage.signIn(page, RunningLibrary.REVIEWER.value(), "a reviewer's password");
        page.navigate("/review");
        assertReadable(page);
        assertThat(page.locator(MENU)).isHidden();

        page.locator(".menu-opener").tap();
        assertThat(page.locator(MENU)).isVisible();
        assertReadable(page);
        page.locator(MENU + " a[href='/resources']").tap();

        assertThat(page).hasURL(Pattern.compile("/resources$"));
        assertThat(page.locator(MENU)).isHidden();
        assertReadable(page);
    }
}
