package org.librarypeers.app.reader;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.web.Chromium;
import org.librarypeers.app.web.PageClient;

/** Tests the search as a reader uses it: with a typo, with suggestions, by keyboard and by touch. */
@EnabledIf(
        value = "org.librarypeers.app.web.Chromium#isInstalled",
        disabledReason = "there is no Chromium on this machine")
class SearchInChromiumTest {

    private static RunningLibrary running;
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        running = RunningLibrary.start();
        chromium = Chromium.start();
        ReaderContent.publish(running, ReaderContent.titled("Nets against malaria"));
        ReaderContent.publish(running, ReaderContent.titled("Malnutrition in children"));
        ReaderContent.publish(running, ReaderContent.titled("Clean hands"));
        // Indexes what was published.
        new PageClient(running.address()).get("/search?q=nets");
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

    private static Locator field(Page page) {
        return page.getByRole(AriaRole.COMBOBOX);
    }

    private static Locator options(Page page) {
        return page.getByRole(AriaRole.OPTION);
    }

    @Test
    void a_reader_who_types_malria_finds_malaria() {
        Page page = chromium.visitor(running.address());
        page.navigate("/");

        field(page).pressSequentially("malria");
        assertThat(options(page)).hasText(new String[] {"malaria"});
        page.keyboard().press("Enter");

        assertThat(page).hasURL(Pattern.compile("/search\\?q=malria$"));
        assertThat(page.locator(".meant")).containsText("malaria");
        assertThat(page.locator(".found mark")).hasText(new String[] {"malaria"});
        assertThat(Chromium.findings(page)).isEmpty();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Nets against malaria"))
                .click();
        assertThat(page.locator("h1")).hasText("Nets against malaria");
    }

    @Test
    void without_scripts_the_same_search_works() {
        Page page = chromium.visitor(running.address(), new Browser.NewContextOptions().setJavaScriptEnabled(false));
        page.navigate("/");

        page.locator("#q").fill("malria");
        page.keyboard().press("Enter");

        assertThat(page.locator(".found h3")).hasText(new String[] {"Nets against malaria"});
    }

    @Test
    void suggestions_are_chosen_with_the_arrow_keys() {
        Page page = chromium.visitor(running.address());
        page.navigate("/search");

        field(page).pressSequentially("mal");
        assertThat(options(page)).hasCount(4);
        assertThat(field(page)).hasAttribute("aria-expanded", "true");
        assertThat(page.locator("form.bigsearch [role=status]")).containsText("4");
        assertThat(Chromium.findings(page)).isEmpty();
        page.keyboard().press("ArrowDown");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("ArrowUp");
        Locator first = options(page).first();
        assertThat(first).hasAttribute("aria-selected", "true");
        assertThat(field(page)).hasAttribute("aria-activedescendant", String.valueOf(first.getAttribute("id")));
        page.keyboard().press("ArrowUp");
        assertThat(field(page)).not().hasAttribute("aria-activedescendant", Pattern.compile(".*"));
        page.keyboard().press("ArrowUp");
        page.keyboard().press("Enter");

        assertThat(page).hasURL(Pattern.compile("/resource/"));
    }

    @Test
    void escape_closes_the_suggestions_and_keeps_the_text() {
        Page page = chromium.visitor(running.address());
        page.navigate("/search");
        field(page).pressSequentially("mal");
        assertThat(options(page)).hasCount(4);

        page.keyboard().press("Escape");

        assertThat(options(page)).hasCount(0);
        assertThat(field(page)).hasValue("mal");
        assertThat(field(page)).hasAttribute("aria-expanded", "false");
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile("\\?q=mal$"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void a_word_is_chosen_with_a_tap_on_a_phone(String language) {
        Page page = chromium.visitor(
                running.address(),
                new Browser.NewContextOptions()
                        .setViewportSize(360, 700)
                        .setHasTouch(true)
                        .setLocale(language));
        page.navigate("/search?language=en");
        field(page).pressSequentially("mala");
        Locator word = options(page).first();
        assertThat(word).hasText("malaria");
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);

        word.tap();

        assertThat(page).hasURL(Pattern.compile("\\?q=malaria&language=en$"));
    }
}
