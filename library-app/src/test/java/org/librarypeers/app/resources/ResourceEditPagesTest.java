package org.librarypeers.app.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.app.web.PageClient.Answer;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.BornOn;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.contract.Samples;

class ResourceEditPagesTest extends EditedLibrary {

    @Test
    void a_resource_of_a_contributor_waits_for_a_review() {
        PageClient asha = asha();

        Answer saved = asha.submit(
                asha.get("/resources/new").page(),
                FORM,
                "title",
                "Safe water",
                "description",
                "Boil it.\r\nWell.\r\n\r\nThen < 5 minutes.",
                "attribution",
                "WHO",
                "study",
                "15",
                "unit",
                "mins",
                "born",
                "2024-03-31",
                "tag-new",
                "Audience: Midwife",
                "link-guid",
                "",
                "link-title",
                "More",
                "link-url",
                "https://example.org/water");

        Resource made = only();
        assertThat(saved.location()).startsWith(edit(made));
        assertThat(asha.get(saved.location()).page().select(".notice").text())
                .isEqualTo("Saved. It is waiting for review.");
        assertThat(made.status()).isEqualTo(Status.PENDING);
        ResourceContent content = made.content();
        assertThat(content.title()).isEqualTo(LocalizedText.of("en", "Safe water"));
        assertThat(content.description())
                .isEqualTo(LocalizedText.of("en", "<p>Boil it.<br>Well.</p><p>Then &lt; 5 minutes.</p>"));
        assertThat(content.attribution()).isEqualTo(LocalizedText.of("en", "WHO"));
        assertThat(content.studyTime()).isEqualTo(new StudyTime(15, StudyTime.Unit.MINS));
        assertThat(content.bornOn()).isEqualTo(BornOn.at(LocalDateTime.of(2024, 3, 31, 0, 0)));
        assertThat(content.tags()).extracting(Tag::key).containsExactly(new Tag.Key("Audience", "Midwife"));
        assertThat(content.attachments(AttachmentKind.LINK))
                .extracting(Attachment::url)
                .containsExactly("https://example.org/water");
        assertThat(asha.get("/resources").page().select("tbody .mark").text()).isEqualTo("pending");
        assertThat(asha.get(saved.location()).page().select("#f-description").text())
                .isEqualTo("Boil it.\nWell.\n\nThen < 5 minutes.");
    }

    @Test
    void an_editor_sees_a_concurrent_change_and_loses_nothing() {
        Resource resource = added("Water");
        PageClient asha = asha();
        Document stale = asha.get(edit(resource)).page();
        running.library()
                .authoring()
                .edit(
                        resource.guid(),
                        1,
                        content -> content.toBuilder()
                                .attribution(LocalizedText.of("en", "Theirs"))
                                .tags(List.of(Tag.of("Topic", "Theirs")))
                                .build(),
                        RunningLibrary.REVIEWER,
                        false);

        Answer conflict = asha.submit(stale, FORM, "title", "Mine");

        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.page().select("section.problem").text()).contains("reviewer saved a change");
        assertThat(conflict.page().select(".diff ins").eachText()).containsExactly("Theirs", "Topic: Theirs");
        assertThat(conflict.page().select("#f-title").val()).isEqualTo("Mine");
        assertThat(now(resource).content().title().in("en")).contains("Water");

        asha.submit(conflict.page(), FORM);
        assertThat(now(resource).content().title().in("en")).contains("Mine");
        assertThat(now(resource).content().tags()).extracting(Tag::name).containsExactly("Theirs");
    }

    @Test
    void contributors_edit_their_own_resources_and_see_approved_ones() {
        Resource approved = running.publish("Somebody's");
        Resource pending = running.library()
                .authoring()
                .create(Samples.titled("Secret"), RunningLibrary.REVIEWER)
                .resource();
        added("Mine");
        PageClient asha = asha();

        Document list = asha.get("/resources").page();
        assertThat(list.select("tbody th > a").eachText()).containsExactly("Mine", "Somebody's");
        assertThat(asha.get(edit(approved)).status()).isEqualTo(403);
        assertThat(asha.get(history(approved)).status()).isEqualTo(403);
        assertThat(asha.get(edit(pending)).status()).isEqualTo(404);
        String token = list.select("input[name=csrf]").val();
        assertThat(asha.post(edit(approved), "csrf", token, "revision", "1", "title", "Taken")
                        .status())
                .isEqualTo(403);
        assertThat(asha.post(
                                "/resources/" + approved.guid() + "/status",
                                "csrf",
                                token,
                                "to",
                                "archive",
                                "revision",
                                "1")
                        .status())
                .isEqualTo(403);
        assertThat(asha.post("/resources/" + pending.guid() + "/restore", "csrf", token, "restored", "1")
                        .status())
                .isEqualTo(404);
        assertThat(now(approved).content().title().in("en")).contains("Somebody's");
        assertThat(now(approved).status()).isEqualTo(Status.APPROVED);
        assertThat(reviewer().get("/resources").page().select("tbody th > a").eachText())
                .containsExactlyInAnyOrder("Mine", "Somebody's", "Secret");
    }

    @Test
    void no_change_by_a_contributor_is_public_without_a_review() {
        Resource resource = added("Water");
        running.library().review().approve(List.of(resource.guid()));
        PageClient asha = asha();
        Document page = asha.get(edit(resource)).page();
        assertThat(page.select(".hint").text()).contains("must be reviewed again");

        asha.submit(page, FORM, "title", "Better water");
        assertThat(now(resource).status()).isEqualTo(Status.PENDING);

        // A contributor may not approve, and sending the value of the reviewers' button changes nothing.
        asha.submit(asha.get(edit(resource)).page(), "aside form", "to", "approve");
        assertThat(now(resource).status()).isEqualTo(Status.PENDING);

        PageClient reviewer = reviewer();
        reviewer.submit(reviewer.get("/review/" + resource.guid()).page(), "#decide", "do", "approve");
        assertThat(now(resource).status()).isEqualTo(Status.APPROVED);
        reviewer.submit(reviewer.get(edit(resource)).page(), FORM, "title", "Best water");
        assertThat(now(resource).status()).isEqualTo(Status.APPROVED);

        asha.submit(asha.get(history(resource)).page(), "#v1 form");
        assertThat(now(resource).content().title().in("en")).contains("Water");
        assertThat(now(resource).status()).isEqualTo(Status.PENDING);
    }

    @Test
    void a_long_history_shows_every_revision_once_on_its_pages() {
        Resource resource = added("Version 1");
        for (int number = 2; number <= 21; number++) {
            running.library()
                    .storage()
                    .resources()
                    .save(now(resource)
                            .edit(
                                    Samples.titled("Version " + number),
                                    ASHA,
                                    running.library().clock().instant()));
        }
        PageClient asha = asha();
        List<String> versions = new ArrayList<>();
        String path = history(resource);
        while (!path.isEmpty()) {
            Document page = asha.get(path).page();
            versions.addAll(page.select("ol[reversed] > li").eachAttr("id"));
            // Each revision but the first is compared with the previous one, which may be on the next page.
            assertThat(page.select("#v11 del").text())
                    .isEqualTo(page.select("#v11").isEmpty() ? "" : "10");
            path = page.select("a[rel=next]").attr("href");
        }

        assertThat(versions)
                .isEqualTo(IntStream.rangeClosed(1, 21)
                        .mapToObj(number -> "v" + (22 - number))
                        .toList());
    }

    @Test
    void an_archived_resource_is_submitted_again() {
        Resource resource = added("Water");
        running.library().review().approve(List.of(resource.guid()));
        PageClient asha = asha();

        asha.submit(asha.get(edit(resource)).page(), "aside form", "to", "archive");
        assertThat(now(resource).status()).isEqualTo(Status.ARCHIVED);
        asha.submit(asha.get(edit(resource)).page(), "aside form", "to", "submit");
        assertThat(now(resource).status()).isEqualTo(Status.PENDING);
    }

    @Test
    void a_decision_on_an_outdated_revision_is_rejected() {
        Resource resource = added("Water");
        PageClient reviewer = reviewer();
        Document stale = reviewer.get("/review/" + resource.guid()).page();
        PageClient asha = asha();
        asha.submit(asha.get(edit(resource)).page(), FORM, "title", "Wine");

        Answer answer = reviewer.submit(stale, "#decide", "do", "approve");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(now(resource).status()).isEqualTo(Status.PENDING);
    }

    @Test
    void a_form_of_another_site_has_no_effect() {
        Resource resource = added("Water");
        assertThat(asha().post(edit(resource), "revision", "1", "title", "Wine").status())
                .isEqualTo(403);
        assertThat(now(resource).content().title().in("en")).contains("Water");
    }
}
