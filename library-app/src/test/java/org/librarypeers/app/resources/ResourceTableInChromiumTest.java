package org.librarypeers.app.resources;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.server.EveryPage;
import org.librarypeers.app.web.Chromium;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.Tag;

/** Tests of the table of resources in a browser. */
@Timeout(180)
@EnabledIf(
        value = "org.librarypeers.app.web.Chromium#isInstalled",
        disabledReason = "there is no Chromium on this machine")
class ResourceTableInChromiumTest {

    private static final String BOXES = "tbody .tick input";

    private static RunningLibrary here;
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        here = RunningLibrary.start("District library");
        chromium = Chromium.start();
    }

    @AfterAll
    static void stop() {
        chromium.close();
        here.close();
    }

    @BeforeEach
    void fill() {
        here.removeResources();
        for (int i = 1; i <= 6; i++) {
            here.publish(
                    Guid.random(),
                    ResourceContent.titled(
                                    LocalizedText.of("en", "Leaflet " + i).with("ar", "نشرة " + i))
                            .tags(List.of(Tag.of("Topic", "Water")))
                            .build());
        }
    }

    @AfterEach
    void no_script_fails() {
        assertThat(chromium.errors()).isEmpty();
    }

    private static Page signedIn(String language, int width) {
        Page page = chromium.visitor(
                here.address(),
                new Browser.NewContextOptions().setLocale(language).setViewportSize(width, 740));
        EveryPage.signIn(page, RunningLibrary.REVIEWER.value(), "a reviewer's password");
        return page;
    }

    private static Locator row(Page page, String title) {
        return page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText(title));
    }

    private static void tick(Page page, String title) {
        row(page, title).locator(".tick input").check();
    }

    @Test
    void rows_are_selected_one_by_one_as_a_range_and_all_together() {
        Page page = signedIn("en", 1200);
        page.navigate("/resources?sort=title");
        Locator count = page.locator("[data-ticked]");
        Locator all = page.locator("[data-tick-all]");
        assertThat(count).hasText("0");

        tick(page, "Leaflet 2");
        assertThat(count).hasText("1");
        assertThat(page.evaluate("document.querySelector('[data-tick-all]').indeterminate"))
                .isEqualTo(true);
        row(page, "Leaflet 5")
                .locator(".tick input")
                .click(new Locator.ClickOptions()
                        .setModifiers(List.of(com.microsoft.playwright.options.KeyboardModifier.SHIFT)));
        assertThat(count).hasText("4");
        assertThat(row(page, "Leaflet 6").locator(".tick input")).not().isChecked();

        all.check();
        assertThat(count).hasText("6");
        all.uncheck();
        assertThat(count).hasText("0");
        assertThat(page.locator(BOXES + ":checked")).hasCount(0);
    }

    @Test
    void a_column_is_ordered_and_a_change_is_made_and_undone_with_the_keyboard() {
        Page page = signedIn("en", 1200);
        page.navigate("/resources");
        page.locator("thead th.sorts a").first().press("Enter");
        assertThat(page).hasURL(Pattern.compile("sort=title$"));
        assertThat(page.locator("tbody tr th > a").first()).hasText("Leaflet 1");
        assertThat(page.locator("th[aria-sort=ascending]")).hasText("Title");

        Locator label = page.locator("#bulk [name=label]");
        assertThat(label).isVisible();
        page.locator("#bulk [name=action]").selectOption("archive");
        assertThat(label).isHidden();
        row(page, "Leaflet 3").locator(".tick input").press("Space");
        page.locator("#bulk button").first().press("Enter");
        page.locator("main form button").press("Enter");
        assertThat(page.locator("form.last")).containsText("Archived: one resource.");
        assertThat(row(page, "Leaflet 3").locator(".mark")).hasText("archived");
        assertThat(Chromium.barriers(page)).isEmpty();

        page.locator("form.last button").press("Enter");
        assertThat(page.locator(".notice")).containsText("The change of one resource was undone.");
        assertThat(row(page, "Leaflet 3").locator(".mark")).hasText("approved");
        assertThat(page).hasURL(Pattern.compile("sort=title$"));
        assertThat(here.library().storage().resources().counts()).containsOnlyKeys(Status.APPROVED);
    }

    @Test
    void on_a_phone_each_row_is_a_card_and_the_order_can_still_be_chosen() {
        Page page = signedIn("en", 360);
        page.navigate("/resources");

        BoundingBox title = row(page, "Leaflet 1").locator("th").boundingBox();
        BoundingBox status =
                row(page, "Leaflet 1").locator("td[data-label=Status]").boundingBox();
        assertThat(status.y).isGreaterThanOrEqualTo(title.y + title.height - 1);
        assertThat(row(page, "Leaflet 1").locator("td[data-label=Tags]")).containsText("Water");
        page.locator("thead th.sorts a").first().click();
        assertThat(page).hasURL(Pattern.compile("sort=title$"));
        page.locator("[data-tick-all]").check();
        assertThat(page.locator("[data-ticked]")).hasText("6");
        assertThat(Chromium.barriers(page)).isEmpty();
        assertThat(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                .isEqualTo(true);
    }

    @Test
    void in_arabic_the_columns_run_from_right_to_left() {
        Page page = signedIn("ar", 1200);
        page.navigate("/resources?sort=title");

        assertThat(page.locator("tbody th > a").first()).hasText("نشرة 1");
        BoundingBox tick = page.locator(BOXES).first().boundingBox();
        BoundingBox title = page.locator("tbody th").first().boundingBox();
        BoundingBox when = page.locator("tbody .when").first().boundingBox();
        assertThat(tick.x).isGreaterThan(title.x);
        assertThat(title.x).isGreaterThan(when.x);
        assertThat(Chromium.barriers(page)).isEmpty();
    }
}
