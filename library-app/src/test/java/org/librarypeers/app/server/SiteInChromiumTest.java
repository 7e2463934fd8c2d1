package org.librarypeers.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.web.Chromium;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;

/** Tests of the script that all pages load. */
@EnabledIf(
        value = "org.librarypeers.app.web.Chromium#isInstalled",
        disabledReason = "there is no Chromium on this machine")
class SiteInChromiumTest {

    private static final UserName BOSS = new UserName("boss");
    private static final String PASSWORD = "the boss's own password";

    private static RunningLibrary running;
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        running = RunningLibrary.start();
        running.library().accounts().create(BOSS, Role.ADMIN, null, PASSWORD);
        chromium = Chromium.start();
    }

    @AfterAll
    static void stop() {
        chromium.close();
        running.close();
    }

    private static Page signedIn() {
        Page page = chromium.visitor(running.address());
        EveryPage.signIn(page, BOSS.value(), PASSWORD);
        return page;
    }

    /** Checks the connection of a peer that is not saved yet and returns the text of the page's alert. */
    private static String alert(Page page) {
        page.click("button[value=test]");
        page.waitForSelector("main > p[role=alert]");
        return page.textContent("main > p[role=alert]");
    }

    private static void onlyHtmxComplains() {
        assertThat(chromium.errors())
                .isNotEmpty()
                .allMatch(error -> error.contains(": htmx:") || error.contains("Response Status Error Code"));
    }

    @Test
    void a_failed_request_of_a_script_is_reported_and_typed_values_stay() {
        Page page = signedIn();
        page.navigate("/peers/new");
        page.fill("input[name=name]", "Malawi Library");

        page.context().setOffline(true);
        assertThat(alert(page)).startsWith("The server cannot be reached.");
        page.context().setOffline(false);
        running.execute("truncate session");
        page.click("button[value=test]");
        page.waitForSelector("main > p[role=alert]:has-text('signed out')");

        assertThat(page.querySelectorAll("main [role=alert]")).hasSize(1);
        assertThat(page.inputValue("input[name=name]")).isEqualTo("Malawi Library");
        onlyHtmxComplains();
    }

    @Test
    void a_failure_is_shown_with_its_status_until_a_request_succeeds() {
        Page page = signedIn();
        page.navigate("/peers/new");
        page.route(
                "**/peers/new",
                route -> route.fulfill(new com.microsoft.playwright.Route.FulfillOptions().setStatus(503)));
        assertThat(alert(page)).contains("(status 503)");

        page.unroute("**/peers/new");
        page.click("button[value=test]");
        page.waitForSelector("#tested:has-text('Correct these errors')");

        assertThat(page.querySelectorAll("main > p[role=alert]")).isEmpty();
        onlyHtmxComplains();
    }

    @Test
    void the_key_is_copied_without_clipboard_access() {
        Page page = signedIn();
        page.addInitScript("Object.defineProperty(navigator, 'clipboard', {value: undefined})");
        page.navigate("/profile/keys");

        page.click("[data-copy]");
        page.waitForSelector("[data-copy]:has-text('Copied')");
        page.fill("input[name=name]", "");
        page.focus("input[name=name]");
        page.keyboard().press("Control+V");

        assertThat(page.inputValue("input[name=name]"))
                .isEqualTo(running.key(BOSS).secret());
        assertThat(chromium.errors()).isEmpty();
    }

    @Test
    void a_failed_copy_is_not_reported_as_a_success() {
        Page page = signedIn();
        page.addInitScript("Object.defineProperty(navigator, 'clipboard', {value: undefined});"
                + "document.execCommand = () => { document.title = 'asked'; return false; }");
        page.navigate("/profile/keys");

        page.click("[data-copy]");
        page.waitForCondition(() -> page.title().equals("asked"));

        // After one turn of the event loop, everything that follows from the answer is done.
        page.evaluate("() => new Promise(done => setTimeout(done))");
        assertThat(page.textContent("[data-copy]")).isEqualTo("Copy");
        assertThat(page.evaluate("getSelection().toString() || document.activeElement.value.slice("
                        + "document.activeElement.selectionStart, document.activeElement.selectionEnd)"))
                .isEqualTo(running.key(BOSS).secret());
    }
}
