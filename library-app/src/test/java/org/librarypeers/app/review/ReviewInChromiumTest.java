package org.librarypeers.app.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
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
                        .mapToObj(i -> Resource.create(guid(i), rich("Resource " + i), EDITOR, now()))
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

    @Test
    void several_resources_are_decided_on_by_keyboard() {
        Page page = signedIn();
        page.navigate("/review");

        page.keyboard().press("j");
        page.keyboard().press("x");
        page.keyboard().press("j");
        page.keyboard().press("j");
        page.keyboard().press("j");
        page.keyboard().press("k");
        page.keyboard().press("x");
        page.keyboard().press("a");
        page.waitForSelector(".notice");

        assertThat(page.textContent(".notice")).isEqualTo("2 resources were approved.");
        assertThat(List.of(status(1), status(2), status(3)))
                .containsExactly(Status.APPROVED, Status.APPROVED, Status.PENDING);
        // Without a selection, a key decides on the current entry. Without a current entry, it does nothing.
        page.keyboard().press("a");
        page.keyboard().press("j");
        page.keyboard().press("r");
        page.waitForSelector(".empty");
        assertThat(status(3)).isEqualTo(Status.REJECTED);
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
        page.navigate("/review/" + guid(1));

        page.keyboard().press("j");
        page.waitForURL("**/review/" + guid(2) + "?**");
        page.keyboard().press("k");
        page.waitForURL("**/review/" + guid(1) + "?**");
        page.keyboard().press("r");
        page.waitForURL("**/review/" + guid(2) + "?**");

        assertThat(status(1)).isEqualTo(Status.REJECTED);
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
