package org.librarypeers.app.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.web.Chromium;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Tag;

@EnabledIf(
        value = "org.librarypeers.app.web.Chromium#isInstalled",
        disabledReason = "there is no Chromium on this machine")
class ReaderPagesInChromiumTest {

    private static RunningLibrary running;
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        running = RunningLibrary.start();
        chromium = Chromium.start();
        ReaderContent.publish(running, ReaderContent.hostile());
        ReaderContent.publish(
                running,
                ReaderContent.titled("W".repeat(1_000))
                        .title(ReaderContent.english("W".repeat(1_000)).with("ar", "ماء آمن"))
                        .description(ReaderContent.english("<p>" + "x".repeat(10_000) + "</p><table><tr><td>"
                                + "y".repeat(500) + "</td><td>z</td></tr></table>"))
                        .attribution(ReaderContent.english("a".repeat(3_000)))
                        .tags(List.of(Tag.of("C".repeat(100), "N".repeat(100)), Tag.of("Audience", "Nurses")))
                        .attachments(
                                AttachmentKind.LINK,
                                List.of(ReaderContent.link(
                                        "l".repeat(500), "https://example.org/" + "p".repeat(1_500)))));
        running.publishMany(25);
    }

    @AfterAll
    static void stop() {
        chromium.close();
        running.close();
    }

    /** Checks narrow pages with the longest possible words in light and dark. Nothing may overflow or lack contrast. */
    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void the_public_pages_are_accessible_on_a_phone(ColorScheme scheme) {
        Page page = chromium.visitor(
                running.address(),
                new Browser.NewContextOptions().setViewportSize(360, 700).setColorScheme(scheme));
        String longWord = "/resource/"
                + running.texts("select slug from resource where slug like 'w%'")
                        .get(0);

        for (String path : List.of(
                "/",
                "/search",
                "/search?q=hostile",
                "/search?q=no+such+thing&tag=nurses&language=en",
                "/tag/nurses",
                longWord,
                longWord + "?language=ar")) {
            page.navigate(path);

            assertThat(page.evaluate("document.documentElement.scrollWidth"))
                    .as(path)
                    .isEqualTo(360);
            assertThat(Chromium.barriers(page)).as(path).isEmpty();
            assertThat(chromium.errors()).as(path).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"1200, LIGHT", "1200, DARK", "360, LIGHT", "360, DARK"})
    void axe_finds_nothing_on_any_search_page(int width, ColorScheme scheme) {
        Page page = chromium.visitor(
                running.address(),
                new Browser.NewContextOptions().setViewportSize(width, 700).setColorScheme(scheme));

        for (String path : List.of(
                "/search",
                "/search?page=2",
                "/search?q=resource",
                "/search?q=hostile",
                "/search?tag=nurses",
                "/search?tag=nurses&language=en&q=w",
                "/search?q=no+such+thing&tag=nurses&language=en",
                "/search?q=nothing-has-this")) {
            page.navigate(path);
            page.querySelectorAll("details").forEach(details -> details.evaluate("each => { each.open = true; }"));

            assertThat(Chromium.findings(page)).as(path).isEmpty();
            assertThat(page.evaluate("document.documentElement.scrollWidth"))
                    .as(path)
                    .isEqualTo(width);
        }
    }
}
