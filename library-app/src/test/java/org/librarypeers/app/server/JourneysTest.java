package org.librarypeers.app.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.web.Chromium;
import org.librarypeers.app.web.Messages;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.contract.SampleAttachment;
import org.librarypeers.sync.contract.Samples;

/** Tests of the main tasks of users, from the first click to the last, in a real browser. */
@EnabledIf(
        value = "org.librarypeers.app.web.Chromium#isInstalled",
        disabledReason = "there is no Chromium on this machine")
class JourneysTest {

    private static final String PASSWORD = "a long password";
    private static final UserName ADMIN = new UserName("admin");

    private static Chromium chromium;
    private static RunningLibrary malawi;
    private static RunningLibrary here;

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
        malawi = RunningLibrary.start();
        here = RunningLibrary.start();
    }

    @AfterAll
    static void stop() {
        here.close();
        malawi.close();
        chromium.close();
    }

    @BeforeEach
    void empty() {
        malawi.removeResources();
        here.removeResources();
        here.execute("truncate peer, sync_log, harvest cascade");
        here.execute("delete from account where name not in ('reader', 'reviewer')");
        here.library().accounts().create(ADMIN, Role.ADMIN, null, PASSWORD);
    }

    @AfterEach
    void scripts_ran_without_errors() {
        assertThat(chromium.errors()).isEmpty();
    }

    private static Page visitor(RunningLibrary library) {
        return chromium.visitor(library.address(), new Browser.NewContextOptions().setLocale("en"));
    }

    private static Page admin() {
        Page page = visitor(here);
        EveryPage.signIn(page, ADMIN.value(), PASSWORD);
        return page;
    }

    private static String say(String key, Object... values) {
        return Messages.in("en").say(key, values);
    }

    private static Locator button(Page page, String key) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(say(key)).setExact(true));
    }

    private static void publish(String title, String description) {
        malawi.publish(
                Guid.random(),
                ResourceContent.titled(LocalizedText.of("en", title))
                        .description(LocalizedText.of("en", description))
                        .tags(List.of(Tag.of("Topic", "Water")))
                        .build());
    }

    @Test
    void from_the_first_start_to_the_first_administrator() {
        here.execute("delete from account");
        String token = here.library().firstAdministrator().token().orElseThrow();
        Page page = visitor(here);

        page.navigate("/first/" + token);
        page.getByLabel(say("account.name"), new Page.GetByLabelOptions().setExact(true))
                .fill("zoë");
        page.getByLabel(say("account.password"), new Page.GetByLabelOptions().setExact(true))
                .fill(PASSWORD);
        page.getByLabel(say("account.password.repeated")).fill(PASSWORD);
        button(page, "account.first.do").click();

        assertThat(page.locator(".notice")).hasText(say("account.first.done"));
        assertThat(page.locator(".who")).containsText("zoë");
        assertThat(page.locator("main")).containsText(say("peers.add"));
    }

    @Test
    void from_a_key_in_one_library_to_a_resource_that_readers_find_in_another() {
        publish("Safe water at home", "<p>Boil it, then cool it.</p>");
        publish("Ticks and how to remove them", "<p>Pull slowly.</p>");

        // Copy the key in the other library.
        Page there = chromium.visitor(
                malawi.address(),
                new Browser.NewContextOptions()
                        .setLocale("en")
                        .setPermissions(List.of("clipboard-read", "clipboard-write")));
        EveryPage.signIn(there, RunningLibrary.READER.value(), "a reader's password");
        there.navigate("/profile/keys");
        button(there, "account.key.copy").click();
        assertThat(button(there, "account.key.copied")).isVisible();
        String key = (String) there.evaluate("navigator.clipboard.readText()");
        assertThat(key).isEqualTo(malawi.key(RunningLibrary.READER).secret());

        // Check the connection to the peer, then add it.
        Page page = admin();
        page.navigate("/peers");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(say("peers.add")))
                .click();
        page.fill("[name=name]", "Malawi Library");
        page.fill("[name=host]", malawi.address());
        page.fill("[name=user]", RunningLibrary.READER.value());
        page.fill("[name=key]", "wrong");
        button(page, "peers.test").click();
        assertThat(page.locator("#tested .problem")).isVisible();
        page.fill("[name=key]", key);
        button(page, "peers.test").click();
        assertThat(page.locator("#tested .notice")).containsText("2");
        button(page, "peers.save.new").click();

        // Preview the sync, then run it.
        page.getByText(say("peers.preview"), new Page.GetByTextOptions().setExact(true))
                .first()
                .click();
        button(page, "peers.preview.do").click();
        assertThat(page.locator("#preview .numbers li").first()).hasText("2 " + say("peers.new"));
        assertThat(here.library().review().pendingCount()).isZero();
        page.goBack();
        page.navigate("/peers");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Malawi Library"))
                .first()
                .click();
        button(page, "peers.sync").click();
        assertThat(page.locator("main")).containsText(say("peers.status.succeeded"));

        // Review one resource with a note, which makes it public.
        page.navigate("/review");
        assertThat(page.locator(".places .count")).hasText("2");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Safe water at home"))
                .first()
                .click();
        assertThat(page.locator("main")).containsText("Boil it, then cool it.");
        button(page, "review.approve").first().click();
        page.navigate("/review");
        assertThat(page.locator(".places .count")).hasText("1");

        Page reader = visitor(here);
        reader.navigate("/");
        reader.locator("input[type=search]").first().fill("water");
        reader.keyboard().press("Enter");
        reader.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Safe water at home"))
                .first()
                .click();
        assertThat(reader).hasURL(Pattern.compile(".*/resource/safe-water-at-home.*"));
        assertThat(reader.locator("main")).containsText("Malawi Library");
        reader.navigate("/search?q=ticks");
        assertThat(reader.locator("main")).not().containsText("Ticks and how to remove them");
    }

    @Test
    void a_reviewer_sees_what_changed_word_by_word() {
        malawi.publish("Wash hands");
        var peer = here.addPeer(malawi);
        here.library().sync().sync(peer, SyncListener.NONE);
        here.library().review().approveAll();
        var theirs = malawi.library()
                .storage()
                .resources()
                .withStatus(org.librarypeers.domain.Status.APPROVED, null, 1)
                .get(0);
        malawi.library()
                .storage()
                .resources()
                .save(theirs.edit(
                        Samples.titled("Wash hands often"),
                        UserName.SYSTEM,
                        malawi.library().clock().instant()));
        here.library().sync().sync(peer, SyncListener.NONE);
        Page page = admin();

        page.navigate("/review/" + theirs.guid());

        assertThat(page.locator(".diff ins").first()).hasText("often");
    }

    @Test
    void a_hostile_resource_is_harmless() {
        String evil = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
                + "<a href=\"javascript:document.title='owned'\">click</a><iframe src=\"javascript:parent.document.title='owned'\"></iframe>";
        malawi.publish(
                Guid.random(),
                ResourceContent.titled(LocalizedText.of("en", "Evil " + evil))
                        .description(LocalizedText.of(
                                "en", evil + "<svg onload=\"document.title='owned'\"></svg><b>kept</b>"))
                        .attribution(LocalizedText.of("en", evil))
                        .image("javascript:document.title='owned'")
                        .tags(List.of(Tag.of("Evil \"><script>", "<b onmouseover=x>tag</b>")))
                        .attachments(
                                AttachmentKind.LINK,
                                List.of(SampleAttachment.link("javascript:document.title='owned'")
                                        .title(evil)
                                        .description(evil)
                                        .order(1)
                                        .build()))
                        .build());
        here.library().sync().sync(here.addPeer(malawi), SyncListener.NONE);
        Page page = admin();
        var guid = here.library().review().pending(null, 1).get(0).guid();
        page.navigate("/review");
        assertThat(page.locator("[data-entry]")).containsText("Evil <script>");
        assertHarmless(page);
        page.navigate("/review/" + guid);
        assertHarmless(page);
        here.library().review().approveAll();
        var slug = here.library().storage().resources().find(guid).orElseThrow().slug();
        for (String path : List.of(
                "/",
                "/search?q=evil",
                "/resource/" + slug,
                "/resources",
                "/resources/" + guid + "/edit",
                "/resources/" + guid + "/history",
                "/map",
                "/peers")) {
            page.navigate(path);
            assertHarmless(page);
        }
    }

    private static void assertHarmless(Page page) {
        assertThat(page.title()).as(page.url()).isNotEqualTo("owned");
        assertThat(page.locator(
                                "a[href^='javascript:'], iframe, main script:not([src]), main svg[onload], [onerror], [onmouseover]")
                        .count())
                .as(page.url())
                .isZero();
    }

    @Test
    void a_session_in_french() {
        malawi.publish("Wash hands");
        here.library().sync().sync(here.addPeer(malawi), SyncListener.NONE);
        Page page = chromium.visitor(here.address(), new Browser.NewContextOptions().setLocale("fr-CA"));

        page.navigate("/signin");
        assertThat(page.locator("h1")).hasText("Se connecter");
        EveryPage.signIn(page, ADMIN.value(), PASSWORD);
        for (String path : List.of(
                "/", "/review", "/resources", "/peers", "/users", "/profile", "/map", "/about", "/search?q=x")) {
            page.navigate(path);
            assertThat(page.locator("html")).hasAttribute("lang", "fr");
            assertThat(page.locator(".foot a").first()).hasText("À propos");
        }
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Español"))
                .click();
        assertThat(page.locator("html")).hasAttribute("lang", "es");
    }

    @Test
    void a_library_can_be_run_without_scripts() {
        publish("Safe water at home", "<p>Boil it.</p>");
        Page page = chromium.visitor(
                here.address(), new Browser.NewContextOptions().setLocale("en").setJavaScriptEnabled(false));
        EveryPage.signIn(page, ADMIN.value(), PASSWORD);
        page.navigate("/peers/new");
        page.fill("[name=name]", "Malawi Library");
        page.fill("[name=host]", malawi.address());
        page.fill("[name=user]", RunningLibrary.READER.value());
        page.fill("[name=key]", malawi.key(RunningLibrary.READER).secret());
        button(page, "peers.save.new").click();
        button(page, "peers.sync").click();
        Locator done = page.getByText(say("peers.status.succeeded"));
        for (int i = 0; i < 50 && done.count() == 0; i++) {
            page.reload();
        }
        assertThat(done.first()).isVisible();

        page.navigate("/review");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Safe water at home"))
                .first()
                .click();
        button(page, "review.approve").first().click();
        page.navigate("/search?q=water");
        assertThat(page.locator("main")).containsText("Safe water at home");
        page.navigate("/resources/new");
        page.fill("[name=title]", "Our own leaflet");
        page.fill("[name=description]", "First.\n\nSecond.");
        button(page, "common.save").click();
        assertThat(page.locator(".notice")).hasText(say("resources.saved.pending"));
        page.getByText(say("resources.do.read"), new Page.GetByTextOptions().setExact(true))
                .click();
        button(page, "review.approve").first().click();
        assertThat(here.library()
                        .storage()
                        .catalogue()
                        .search("leaflet", 0, 1)
                        .get(0)
                        .resource()
                        .content()
                        .description()
                        .in("en"))
                .contains("<p>First.</p><p>Second.</p>");
    }
}
