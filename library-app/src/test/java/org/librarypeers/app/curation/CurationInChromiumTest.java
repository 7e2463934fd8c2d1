package org.librarypeers.app.curation;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.server.EveryPage;
import org.librarypeers.app.web.Chromium;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.contract.Await;

/** Tests the journeys of a curator in a browser: categories that are merged for good, and a duplicate that leads to the other one. */
@EnabledIf(
        value = "org.librarypeers.app.web.Chromium#isInstalled",
        disabledReason = "there is no Chromium on this machine")
@Timeout(180)
class CurationInChromiumTest {

    private static final String PASSWORD = "the boss's own password";

    private static RunningLibrary other;
    private static RunningLibrary here;
    private static Chromium chromium;
    private static Peer peer;

    @BeforeAll
    static void start() {
        other = RunningLibrary.start("Other library");
        here = RunningLibrary.start("District library");
        here.library().accounts().create(new UserName("boss"), Role.ADMIN, null, PASSWORD);
        peer = here.addPeer(other);
        chromium = Chromium.start();
    }

    @AfterAll
    static void stop() {
        chromium.close();
        here.close();
        other.close();
    }

    @AfterEach
    void no_script_fails() {
        assertThat(chromium.errors()).isEmpty();
    }

    private static Page signedIn() {
        Page page = chromium.visitor(here.address(), new Browser.NewContextOptions().setLocale("en"));
        EveryPage.signIn(page, "boss", PASSWORD);
        return page;
    }

    private static ResourceContent content(String title, Tag... tags) {
        return ResourceContent.titled(LocalizedText.of("en", title))
                .tags(List.of(tags))
                .build();
    }

    private static SyncTally sync() {
        SyncTally tally =
                here.library().sync().sync(peer, SyncListener.NONE).log().tally();
        here.library().review().approveAll();
        return tally;
    }

    private static String slug(Resource resource) {
        return here.library()
                .storage()
                .resources()
                .find(resource.guid())
                .orElseThrow()
                .slug()
                .value();
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    @Test
    void two_categories_of_a_peer_are_merged_on_the_page_and_stay_merged_after_its_next_sync() {
        other.publish(Guid.random(), content("Clean water", Tag.of("Topic", "Water")));
        Resource air = other.publish(Guid.random(), content("Clean air", Tag.of("Tema", "Air")));
        sync();
        Page page = signedIn();

        page.navigate("/tags");
        assertThat(page.locator("th[scope=row] a")).hasText(new String[] {"Tema", "Topic"});
        link(page, "Tema").click();
        page.locator("main form a[href$='/merge']").click();
        page.locator("#into").fill("Topic");
        page.locator("main form button.secondary").click();
        assertThat(Chromium.barriers(page)).isEmpty();
        assertThat(page.locator("#confirm")).containsText("Topic");
        page.locator("#confirm button").click();
        assertThat(page.locator("h1")).hasText("Topic");
        assertThat(page.locator(".notice")).containsText("Tema");
        Await.await(
                "the merge reaches all resources",
                () -> here.library().storage().curation().unfinished().isEmpty());

        page.navigate("/resource/" + slug(air));
        assertThat(page.locator("main")).containsText("Topic");
        assertThat(page.locator("main")).not().containsText("Tema");

        Resource theirs = other.library().storage().resources().find(air.guid()).orElseThrow();
        other.library()
                .storage()
                .resources()
                .save(theirs.edit(
                        content("Clean air, second edition", Tag.of("Tema", "Air"), Tag.of("Tema", "Soap")),
                        UserName.SYSTEM,
                        other.library().clock().instant()));
        assertThat(sync().updated()).isEqualTo(1);

        page.navigate("/tags");
        assertThat(page.locator("th[scope=row] a")).hasText(new String[] {"Topic"});
        link(page, "Topic").click();
        assertThat(page.locator("main ul.rows bdi")).containsText(new String[] {"Air", "Soap", "Water"});
        page.navigate("/resource/" + slug(air));
        assertThat(page.locator("h1")).hasText("Clean air, second edition");
        assertThat(page.locator("main")).not().containsText("Tema");
    }

    @Test
    void a_duplicate_is_archived_for_the_other_one_and_its_old_address_leads_there() {
        Resource first = here.publish("How to wash hands");
        Resource second = here.publish("How to wash hands!");
        while (here.library().storage().catalogue().index(100) > 0) {
            // Goes on with the next resources.
        }
        String gone = "/resource/" + slug(first);
        String stays = "/resource/" + slug(second);
        Page reader = chromium.visitor(here.address());
        reader.navigate(gone);
        assertThat(reader.locator("h1")).hasText("How to wash hands");
        Page page = signedIn();

        page.navigate("/resources");
        page.locator("main a[href='/duplicates']").click();
        assertThat(Chromium.barriers(page)).isEmpty();
        page.locator("a[href='/duplicates/archive?from=" + first.guid() + "&to=" + second.guid() + "']")
                .click();
        assertThat(page.locator("main")).containsText("How to wash hands!");
        page.locator("main form button.danger").click();
        assertThat(page.locator(".notice")).isVisible();
        assertThat(page.locator("section.duplicate")).hasCount(0);

        reader.navigate(gone);
        assertThat(reader).hasURL(here.address() + stays);
        assertThat(reader.locator("h1")).hasText("How to wash hands!");
        reader.navigate("/search?q=wash");
        assertThat(reader.locator(".found h3")).hasText(new String[] {"How to wash hands!"});
    }
}
