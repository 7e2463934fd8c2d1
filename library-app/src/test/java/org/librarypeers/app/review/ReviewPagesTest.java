package org.librarypeers.app.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.app.web.PageClient.Answer;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.contract.SampleAttachment;
import org.librarypeers.sync.contract.SampleTag;

class ReviewPagesTest extends ReviewedLibrary {

    @Test
    void the_full_content_is_shown_and_cannot_harm_the_reviewer() {
        Guid guid = pending(
                        Guid.random(),
                        content("Safe <i>water</i>").toBuilder()
                                .title(LocalizedText.of("en", "Safe <i>water</i>")
                                        .with("ar", "مياه آمنة"))
                                .description(LocalizedText.of(
                                        "en", "<h1>Boil</h1><img src=x onerror=x()><a href='javascript:x()'>it</a>"))
                                .tags(List.of(Tag.of("Topic", "Water")))
                                .attachments(List.of(
                                        SampleAttachment.link("javascript:alert(1)")
                                                .title("Trap")
                                                .build(),
                                        SampleAttachment.file("https://orb.example.org/media/book.pdf?x=1")
                                                .title("Book")
                                                .size(2_500_000)
                                                .build()))
                                .build())
                .guid();

        Document page = client.get(path(guid)).page();

        assertThat(page.select("h1").text()).isEqualTo("Safe <i>water</i>");
        assertThat(page.select(".reading [lang=ar]").attr("dir")).isEqualTo("rtl");
        assertThat(page.select(".reading").text()).contains("Topic: Water", "PDF · 2.4 MB", "not a safe web address");
        assertThat(page.select("a[href^=javascript], main script, [onerror]")).isEmpty();
        assertThat(page.select(".reading a").eachAttr("href"))
                .containsExactly("https://orb.example.org/media/book.pdf?x=1");
        assertThat(page.select("table.diff")).isEmpty();
    }

    @Test
    void upstream_changes_are_compared_with_the_revision_last_decided_on() {
        Guid guid = brought(content("Safe water for all"));
        client.submit(client.get(path(guid)).page(), "#decide", "do", "reject", "note", "not for all");
        change(guid, content("Safe water for some"));
        change(guid, content("Clean water for some"));

        Document page = client.get(path(guid) + "?kind=changed").page();

        assertThat(page.select("table.diff del").eachText()).containsExactly("Safe", "all");
        assertThat(page.select("table.diff ins").eachText()).containsExactly("Clean", "some");
        assertThat(page.select("table.diff thead").text()).contains("revision 1", "revision 3");
        assertThat(page.select("main").text())
                .contains("changed this resource after it was rejected", "by reviewer", "on revision 1", "not for all");
    }

    @Test
    void a_decision_leads_to_the_next_resource_and_the_last_one_to_the_inbox() {
        for (int i = 0; i < 3; i++) {
            pending("Resource " + i);
        }
        String first =
                client.get("/review").page().selectFirst("[data-entry] h2 a").attr("href");
        Document second = client.get(
                        client.get(first).page().selectFirst("a[rel=next]").attr("href"))
                .page();
        assertThat(second.select("a[rel=prev]").attr("href")).isEqualTo(first);

        Answer on = client.submit(second, "#decide", "do", "approve");
        Document third = client.get(on.location()).page();
        assertThat(third.select(".notice").text()).contains("was approved");
        assertThat(third.select("a[rel=next]")).isEmpty();

        Answer back = client.submit(third, "#decide", "do", "reject");
        assertThat(back.location()).isEqualTo(first);
        Answer done = client.submit(client.get(back.location()).page(), "#decide", "do", "reject");
        assertThat(done.location()).isEqualTo("/review?kind=pending");
        assertThat(client.get(done.location()).page().select(".empty").text())
                .contains("No new resources are waiting for review.");
    }

    @Test
    void a_resource_that_changed_while_it_was_read_is_shown_again() {
        Guid guid = brought(content("Water"));
        Document page = client.get(path(guid)).page();
        change(guid, content("Something else"));

        Answer answer = client.submit(page, "#decide", "do", "approve", "note", "my note");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.page().select(".problem").text()).startsWith("The resource changed while you were reading");
        assertThat(answer.page().select("h1").text()).isEqualTo("Something else");
        assertThat(answer.page().select("textarea").text()).isEqualTo("my note");
        assertThat(find(guid).status()).isEqualTo(Status.PENDING);
        assertThat(review.decisions(guid)).isEmpty();

        assertThat(client.submit(answer.page(), "#decide", "do", "approve").status())
                .isEqualTo(303);
        assertThat(find(guid).status()).isEqualTo(Status.APPROVED);
    }

    @Test
    void a_simultaneous_decision_by_another_reviewer_stays() {
        Guid guid = pending("Water").guid();
        Document page = client.get(path(guid)).page();
        review.reject(List.of(guid));

        Answer answer = client.submit(page, "#decide", "do", "approve");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.page().select(".problem").text()).startsWith("Somebody else decided");
        assertThat(find(guid).status()).isEqualTo(Status.REJECTED);
    }

    @Test
    void only_reviewers_with_a_valid_form_can_decide() {
        Guid guid = pending("Water").guid();
        PageClient reader = new PageClient(here.address());
        assertThat(reader.get("/review").location()).startsWith("/signin");
        reader.signIn(RunningLibrary.READER.value(), "a reader's password");
        assertThat(reader.get("/review").status()).isEqualTo(403);
        assertThat(reader.get(path(guid)).status()).isEqualTo(403);
        assertThat(client.post(path(guid), "do", "approve", "seen", "1-pending").status())
                .isEqualTo(403);
        assertThat(client.post("/review", "do", "approve", "page", "yes", "shown", guid + ":1-pending")
                        .status())
                .isEqualTo(403);
        assertThat(find(guid).status()).isEqualTo(Status.PENDING);
    }

    @Test
    void an_incomplete_form_decides_nothing_and_an_unknown_resource_is_not_found() {
        Guid guid = pending("Water").guid();
        Document page = client.get(path(guid)).page();

        assertThat(client.submit(page, "#decide", "do", "publish").status()).isEqualTo(422);
        assertThat(client.submit(page, "#decide", "do", "approve", "seen", "x").status())
                .isEqualTo(422);
        assertThat(client.get(path(Guid.random())).status()).isEqualTo(404);
        assertThat(client.get("/review/nothing").status()).isEqualTo(404);
        assertThat(find(guid).status()).isEqualTo(Status.PENDING);
    }

    @Test
    void names_and_descriptions_of_tags_are_shown_to_reviewers() {
        Tag tag = SampleTag.tag("Topic", "Malaria " + Guid.random())
                .categories(LocalizedText.of("es", "Tema"))
                .names(LocalizedText.of("es", "Paludismo"))
                .description(LocalizedText.of("en", "<p>Bites <script>x()</script>at night</p>"))
                .summary(LocalizedText.of("fr", "Piqûres"))
                .build();
        Guid guid = brought(content("Nets").toBuilder().tags(List.of(tag)).build());

        Element reading = client.get(path(guid)).page().selectFirst(".reading");

        assertThat(reading.text()).contains("Topic: " + tag.name(), "Tema: Paludismo", "Bites at night", "Piqûres");
        assertThat(reading.select("[lang=es]").text()).isEqualTo("Tema: Paludismo");
    }

    @Test
    void invisible_characters_are_marked_in_everything_that_a_reviewer_reads() {
        String zwsp = "\u200b";
        ResourceContent content = ResourceContent.titled(LocalizedText.of("en", "Safe" + zwsp + "water"))
                .description(LocalizedText.of(
                        "en",
                        "<p>Pay \u202e001\u202c now,&nbsp;by <b>ta\udb40\udc41g</b> co\u00adop "
                                + "<a href=\"https://\u0430pple.com/x\">here</a></p>"))
                .attribution(LocalizedText.of("en", "W\u2060HO"))
                .tags(List.of(Tag.of("Topic", "Wa\ufeffter")))
                .attachments(
                        AttachmentKind.LINK,
                        List.of(
                                SampleAttachment.link("https://xn--pple-43d.com/")
                                        .title("Mo\u2066re")
                                        .build(),
                                SampleAttachment.link("https://example.org/")
                                        .title("Plain")
                                        .order(1)
                                        .build()))
                .build();
        Resource resource = pending(Guid.random(), content);

        Document page = client.get(path(resource.guid())).page();

        assertThat(page.select("h1 .unseen").eachAttr("data-name")).containsExactly("ZWSP");
        assertThat(page.select(".prose .unseen").eachAttr("data-name"))
                .containsExactly("RLO", "PDF", "NBSP", "U+E0041", "SHY");
        assertThat(page.select(".reading .unseen").eachAttr("data-name")).contains("WJ", "BOM", "LRI");
        assertThat(page.select(".prose .unseen").first().attr("aria-label"))
                .isEqualTo("Invisible character that changes the text direction: RLO");
        assertThat(page.select(".unseen").text()).isBlank();
        assertThat(page.select(".reading").text())
                .doesNotContain("\u202e", "\u200b", "\u2066", "\udb40\udc41")
                .contains("Pay 001 now,");
        assertThat(page.select(".prose a + .mark").text()).isEqualTo("host also written as xn--pple-43d.com");
        assertThat(page.select(".rows .mark").eachText()).containsExactly("host also written as \u0430pple.com");
        assertThat(client.get("/review")
                        .page()
                        .select("[data-entry] h2 .unseen")
                        .eachAttr("data-name"))
                .containsExactly("ZWSP");
    }

    @Test
    void an_invisible_difference_is_shown() {
        Guid guid = brought(content("Water").toBuilder()
                .description(LocalizedText.of("en", "<p>Boil it <a href=\"https://apple.com/\">x</a></p>"))
                .build());
        review.approve(List.of(guid));
        change(
                guid,
                content("Water").toBuilder()
                        .description(LocalizedText.of(
                                "en", "<p>Boil\u200b it <a href=\"https://\u0430pple.com/\">x</a></p>"))
                        .build());

        Document page = client.get(path(guid) + "?kind=changed").page();

        assertThat(page.select(".diff ins .unseen").eachAttr("data-name")).contains("ZWSP");
        assertThat(page.select(".diff ins").eachText()).contains("https://\u0430pple.com/ (xn--pple-43d.com)");
    }

    @Test
    void joiners_in_words_and_emoji_are_not_marked() {
        String persian = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645";
        String family = "\ud83d\udc68\u200d\ud83d\udc69 \u2764\ufe0f\u200d\ud83d\udd25";
        Resource resource = pending(Guid.random(), content("Kept " + persian + " " + family + " but not a\u200db"));

        Document page = client.get(path(resource.guid())).page();

        assertThat(page.select("h1 .unseen").eachAttr("data-name")).containsExactly("ZWJ");
        assertThat(page.select("h1").text()).contains(persian, family, "but not ab");
    }
}
