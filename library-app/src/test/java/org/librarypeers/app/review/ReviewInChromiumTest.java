package org.librarypeers.app.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.server.EveryPage;
import org.librarypeers.app.web.Chromium;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.ReviewedRevision;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.contract.SampleAttachment;

@EnabledIf(
        value = "org.librarypeers.app.web.Chromium#isInstalled",
        disabledReason = "there is no Chromium on this machine")
class ReviewInChromiumTest {

    private static final UserName EDITOR = new UserName("editor");
    private static final Guid CHANGED = Guid.of("77777777-0000-4000-8000-000000000001");

    private static RunningLibrary maker;
    private static RunningLibrary here;
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        maker = RunningLibrary.start();
        here = RunningLibrary.start();
        chromium = Chromium.start();
    }

    @AfterAll
    static void stop() {
        chromium.close();
        here.close();
        maker.close();
    }

    @BeforeEach
    void threeWait() {
        here.removeResources();
        here.library()
                .storage()
                .resources()
                .save(IntStream.rangeClosed(1, 3)
                        .mapToObj(i -> Resource.create(guid(i), rich("Resource " + i), EDITOR, now().plusMillis(i)))
                        .toList());
    }

    private static java.time.Instant now() {
        return here.library().clock().instant();
    }

    private static Guid guid(int number) {
        return Guid.of("11111111-0000-4000-8000-00000000000" + number);
    }

    private static ResourceContent rich(String title) {
        return ResourceContent.titled(LocalizedText.of("en", title).with("ar", "مياه آمنة للجميع"))
                .description(LocalizedText.of(
                                "en",
                                "<p>Every health worker should know how <b>safe water</b> is made and kept. "
                                        + "See <a href='https://orb.example.org/guide/water'>the guide</a>.</p>"
                                        + "<ul><li>Boil it</li><li>Keep it covered</li></ul>")
                        .with("ar", "<p>يجب أن يعرف كل عامل صحي كيف تُعد المياه الآمنة.</p>"))
                .attribution(LocalizedText.of("en", "Ministry of Health"))
                .studyTime(new StudyTime(20, StudyTime.Unit.MINS))
                .tags(List.of(Tag.of("Audience", "Nurse"), Tag.of("Health topic", "Water and sanitation")))
                .attachments(List.of(
                        SampleAttachment.link(
                                        "https://orb.example.org/a/very/long/address/that/does/not/end/soon/and/has/no/space?x=1&y=2")
                                .guid(Guid.of("22222222-0000-4000-8000-000000000000"))
                                .title("The course")
                                .build(),
                        SampleAttachment.file("https://orb.example.org/media/handbook.pdf")
                                .guid(Guid.of("33333333-0000-4000-8000-000000000000"))
                                .title("The handbook")
                                .description("With pictures")
                                .size(2_500_000)
                                .build()))
                .build();
    }

    private static Page signedIn() {
        Page page = chromium.visitor(here.address());
        EveryPage.signIn(page, RunningLibrary.REVIEWER.value(), "a reviewer's password");
        return page;
    }

    private static Status status(int number) {
        return here.library()
                .storage()
                .resources()
                .find(guid(number))
                .orElseThrow()
                .status();
    }

    private static Page narrow() {
        Page page = signedIn();
        page.setViewportSize(800, 900);
        return page;
    }

    @Test
    void several_resources_are_decided_on_by_keyboard_in_the_list_alone() {
        Page page = narrow();
        page.navigate("/review");

        page.keyboard().press("j");
        page.keyboard().press("x");
        page.keyboard().press("j");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("j");
        page.keyboard().press("k");
        page.keyboard().press("x");
        assertThat(page.textContent("[data-chosen]")).isEqualTo("2");
        page.keyboard().press("a");
        page.waitForSelector(".notice");

        assertThat(page.textContent(".notice")).isEqualTo("2 resources were approved.");
        assertThat(List.of(status(1), status(2), status(3)))
                .containsExactly(Status.PENDING, Status.APPROVED, Status.APPROVED);
        // Without a selection, a key decides on the current entry. Without a current entry, it does nothing.
        page.keyboard().press("a");
        page.keyboard().press("j");
        page.keyboard().press("r");
        page.waitForSelector(".empty");
        assertThat(status(1)).isEqualTo(Status.REJECTED);
        assertThat(page.isVisible("#item")).isFalse();
        assertThat(chromium.errors()).isEmpty();
    }

    @Test
    void three_hundred_resources_are_decided_on_by_keyboard_in_two_panes_with_undo() {
        here.removeResources();
        List<Resource> all = IntStream.range(0, 300)
                .mapToObj(i -> Resource.create(Guid.random(), rich("Resource " + i), EDITOR, now().plusMillis(i)))
                .toList();
        here.library().storage().resources().save(all);
        Page page = signedIn();
        page.navigate("/review");
        assertThat(page.isVisible("#item")).isTrue();
        assertThat(page.textContent("#h-item")).isEqualTo("Resource 299");

        // One by one, also faster than the pane loads.
        page.keyboard().press("j");
        page.keyboard().press("j");
        page.keyboard().press("a");
        page.waitForSelector(".notice");
        assertThat(page.textContent(".notice")).isEqualTo("“Resource 297” was approved.");
        assertThat(page.textContent("#h-item")).isEqualTo("Resource 296");
        page.keyboard().press("r");
        page.waitForSelector("text=“Resource 296” was rejected.");
        page.keyboard().press("u");
        page.waitForSelector("text=One decision was undone");
        assertThat(here.library().review().pendingCount()).isEqualTo(299);

        // Some, selected while reading.
        page.navigate("/review");
        page.keyboard().press("x");
        page.keyboard().press("j");
        page.keyboard().press("j");
        page.keyboard().press("x");
        page.keyboard().press("r");
        page.waitForSelector("text=2 resources were rejected.");
        assertThat(here.library().review().pendingCount()).isEqualTo(297);

        // A page, and all others together.
        page.focus("[data-choose-all]");
        page.keyboard().press("Space");
        assertThat(page.textContent("[data-chosen]")).isEqualTo("20");
        page.keyboard().press("a");
        page.waitForSelector("text=20 resources were approved.");
        assertThat(page.isVisible(".bar .everything")).isFalse();
        page.keyboard().press("*");
        assertThat(page.isVisible(".bar .everything")).isTrue();
        assertThat(page.textContent("[data-chosen]")).isEqualTo("20");
        page.keyboard().press("*");
        assertThat(page.isChecked("[data-choose-list]")).isTrue();
        assertThat(page.textContent("[data-chosen]")).isEqualTo("277");
        page.uncheck("input[name=chosen] >> nth=3");
        assertThat(page.isVisible(".bar .everything")).isFalse();
        assertThat(page.textContent("[data-chosen]")).isEqualTo("19");
        page.keyboard().press("*");
        page.keyboard().press("*");
        page.keyboard().press("a");
        page.waitForSelector("text=Approve all 277 in this list");
        page.focus("main button[value=approve]");
        page.keyboard().press("Enter");
        page.waitForSelector("text=277 resources were approved.");
        assertThat(here.library().review().pendingCount()).isZero();
        page.keyboard().press("u");
        page.waitForSelector("text=277 decisions were undone.");
        assertThat(here.library().review().pendingCount()).isEqualTo(277);
        assertThat(chromium.errors()).isEmpty();
    }

    @Test
    void a_long_decision_shows_how_far_it_is_and_leads_back_to_the_list() throws Exception {
        here.removeResources();
        here.library()
                .storage()
                .resources()
                .save(IntStream.range(0, 501)
                        .mapToObj(i -> Resource.create(Guid.random(), rich("Resource " + i), EDITOR, now()))
                        .toList());
        Page page = signedIn();
        page.navigate("/review");
        page.check("[data-choose-all]");
        page.check("[data-choose-list]");
        page.click("[data-many=approve]");

        try (Connection other = here.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select from resource order by guid desc limit 1 for update");
            page.click("main button[value=approve]");
            page.waitForURL("**/review/actions/**");
            page.waitForSelector("text=500 of 501 done");
            assertThat(Chromium.findings(page)).isEmpty();
            assertThat(page.evaluate("document.querySelector('progress').value"))
                    .isEqualTo(500);
            other.rollback();
        }

        page.waitForURL("**/review?**");
        assertThat(page.textContent(".notice")).isEqualTo("501 resources were approved.");
        assertThat(chromium.errors()).isEmpty();
    }

    @Test
    void on_a_phone_the_list_and_the_resource_are_shown_one_after_the_other() {
        Page page = signedIn();
        page.setViewportSize(390, 800);
        page.navigate("/review");
        assertThat(page.isVisible("#item")).isFalse();

        page.click("[data-entry] h2 a >> nth=1");
        page.waitForURL("**/review?**item=" + guid(2) + "**");
        assertThat(page.isVisible("#item")).isTrue();
        assertThat(page.isVisible(".list")).isFalse();
        page.click("#item .back");
        page.waitForSelector(".list >> visible=true");
        assertThat(page.isVisible("#item")).isFalse();
    }

    @Test
    void a_resource_without_space_for_the_list_is_decided_on_by_keyboard() {
        Page page = narrow();
        page.navigate("/review?item=" + guid(3));
        assertThat(page.isVisible(".list")).isFalse();

        page.keyboard().press("j");
        page.waitForURL("**/review?**item=" + guid(2) + "**");
        page.keyboard().press("r");
        page.waitForSelector(".notice");

        assertThat(List.of(status(1), status(2), status(3)))
                .containsExactly(Status.PENDING, Status.REJECTED, Status.PENDING);
        assertThat(chromium.errors()).isEmpty();
    }

    @Test
    void a_note_that_was_typed_beside_the_list_is_offered_again() {
        Page page = signedIn();
        page.navigate("/review");
        page.click("[data-entry] h2 a >> nth=1");
        page.waitForSelector("#h-item:has-text('Resource 2')");
        page.fill("#item [name=note]", "Half a no");
        page.click("[data-entry] h2 a >> nth=0");
        page.waitForSelector("#h-item:has-text('Resource 3')");
        assertThat(page.isVisible("#item .draft")).isFalse();

        page.waitForCondition(() -> (Boolean) page.evaluate("JSON.stringify(localStorage).includes('Half a no')"));
        page.click("[data-entry] h2 a >> nth=1");
        page.click("#item .draft button >> nth=0");

        assertThat(page.inputValue("#item [name=note]")).isEqualTo("Half a no");
        assertThat(chromium.errors()).isEmpty();
    }

    @Test
    void a_reported_link_is_answered_by_a_reviewer() {
        here.library().review().approve(List.of(guid(1)));
        Resource resource = here.library().storage().resources().find(guid(1)).orElseThrow();
        Page reader = chromium.visitor(here.address());
        reader.navigate("/resource/" + resource.slug());
        reader.click("text=Report a problem");
        reader.fill("[name=text]", "The course is gone.");
        reader.fill("[name=email]", "reader@example.org");
        reader.click("main form button[type=submit]");
        reader.waitForSelector("text=Thank you.");

        Page page = signedIn();
        page.navigate("/review");
        page.click("text=Reports of readers");
        page.click("main .rows a");
        assertThat(page.textContent("main")).contains("The course is gone.", "A link or file does not work");
        page.fill("[name=answer]", "It has moved; the link is right again.");
        page.click("main form button[type=submit]");
        page.waitForSelector("text=The report is closed.");

        assertThat(page.textContent("main")).contains("There are no reports here.");
        assertThat(chromium.errors()).isEmpty();
    }

    @Test
    void pressing_enter_on_a_selected_resource_decides_nothing() {
        Page page = signedIn();
        page.navigate("/review");

        page.check("input[name=chosen] >> nth=0");
        page.focus("input[name=chosen] >> nth=0");
        page.keyboard().press("Enter");
        page.waitForSelector("p[role=alert]");

        assertThat(page.textContent("p[role=alert]")).startsWith("Select at least one resource first");
        assertThat(List.of(status(1), status(2), status(3))).containsOnly(Status.PENDING);
        assertThat(page.isChecked("input[name=chosen] >> nth=0")).isTrue();
    }

    @Test
    void resources_are_read_and_decided_on_one_by_one_by_keyboard() {
        Page page = signedIn();
        page.navigate("/review/" + guid(3));

        page.keyboard().press("j");
        page.waitForURL("**/review/" + guid(2) + "?**");
        page.keyboard().press("k");
        page.waitForURL("**/review/" + guid(3) + "?**");
        page.keyboard().press("r");
        page.waitForURL("**/review/" + guid(2) + "?**");

        assertThat(status(3)).isEqualTo(Status.REJECTED);
        assertThat(chromium.errors()).isEmpty();
    }

    @Test
    void shortcuts_have_no_effect_while_typing_or_when_switched_off() {
        Page page = signedIn();
        page.navigate("/review/" + guid(1));

        page.focus("#f-note");
        page.keyboard().type("far, jar? ark");
        assertThat(page.inputValue("#f-note")).isEqualTo("far, jar? ark");
        page.focus("h1 ~ form button");
        page.keyboard().press("?");
        assertThat(page.isVisible("details.keys dl")).isTrue();
        page.getByRole(AriaRole.SWITCH).uncheck();
        page.keyboard().press("a");
        page.navigate("/review/" + guid(1));
        page.keyboard().press("a");
        page.keyboard().press("?");
        page.keyboard().press("j");

        assertThat(page.isVisible("details.keys dl")).isFalse();
        assertThat(page.url()).contains(guid(1).toString());
        assertThat(status(1)).isEqualTo(Status.PENDING);
    }

    @Test
    void the_pages_are_accessible_on_a_desktop_and_on_a_phone() {
        changedUpstream();
        EveryPage look =
                new EveryPage(chromium, here.address(), RunningLibrary.REVIEWER.value(), "a reviewer's password");
        List<String> troubles = new ArrayList<>();

        troubles.addAll(look.troubles("/review", "review"));
        troubles.addAll(look.troubles("/review?kind=withdrawn", "review-empty"));
        troubles.addAll(look.troubles("/review?item=" + guid(1), "review-item"));
        troubles.addAll(look.troubles("/review/" + guid(1), "review-new"));
        troubles.addAll(look.troubles("/review/" + CHANGED + "?kind=changed", "review-changed"));

        assertThat(troubles).isEmpty();
    }

    /** Adds a resource that was rejected here and then changed in many places by its maker. */
    private static void changedUpstream() {
        here.execute("truncate harvest, offer");
        maker.publish(CHANGED, rich("Safe water for every village"));
        Peer peer = here.addPeer(maker);
        here.library().sync().sync(peer, SyncListener.NONE);
        Resource arrived = here.library().storage().resources().find(CHANGED).orElseThrow();
        here.library()
                .review()
                .decide(
                        Status.REJECTED,
                        java.util.Map.of(CHANGED, ReviewedRevision.of(arrived, false)),
                        RunningLibrary.REVIEWER,
                        "Good, but the numbers are from 2012.");
        ResourceContent changed = rich("Safe water for each village and school").toBuilder()
                .description(LocalizedText.of(
                        "en",
                        "<p>Every community health worker should know how safe water is made, kept and tested. "
                                + "See <a href='https://orb.example.org/guide/water-2'>the guide</a>.</p>"
                                + "<ul><li>Boil it</li><li>Keep it covered</li></ul>"))
                .studyTime(new StudyTime(1, StudyTime.Unit.HOURS))
                .tags(List.of(Tag.of("Audience", "Community health worker"), Tag.of("Audience", "Nurse")))
                .build();
        Resource theirs = maker.library().storage().resources().find(CHANGED).orElseThrow();
        maker.library().storage().resources().save(theirs.edit(changed, EDITOR, now()));
        here.library().sync().sync(peer, SyncListener.NONE);
    }
}
