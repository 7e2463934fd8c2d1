package org.librarypeers.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.librarypeers.app.RunningLibrary;

@EnabledIf(value = "org.librarypeers.app.web.Chromium#isThere", disabledReason = "there is no Chromium on this machine")
class PagesInChromiumTest {

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

    @Test
    void a_page_is_free_of_barriers_and_of_errors() {
        Page page = chromium.visitor(running.address());

        page.navigate("/about");

        assertThat(page.title()).isEqualTo("About Test library · Test library");
        assertThat(Chromium.barriers(page)).isEmpty();
        assertThat(chromium.errors()).isEmpty();
    }
}
