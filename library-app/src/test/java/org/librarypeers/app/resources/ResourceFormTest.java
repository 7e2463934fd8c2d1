package org.librarypeers.app.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.util.List;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.app.web.PageClient.Answer;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.BornOn;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.contract.SampleAttachment;

/** Tests of how the resource form treats its input. */
class ResourceFormTest extends EditedLibrary {

    @Test
    void typed_html_is_cleaned_and_unchanged_html_stays() {
        String ofOthers = "<p onclick=\"evil()\">Old <img src=x></p>";
        Resource resource = added(ResourceContent.titled(LocalizedText.of("en", "Water"))
                .description(LocalizedText.of("en", ofOthers))
                .build());
        PageClient asha = asha();

        asha.submit(asha.get(edit(resource)).page(), FORM, "attribution", "WHO");
        assertThat(now(resource).content().description().in("en")).contains(ofOthers);
        assertThat(now(resource).content().attribution().in("en")).contains("WHO");
        assertThat(asha.get(edit(resource)).page().select("#f-description").attr("data-html"))
                .isEqualTo("<p>Old </p>");

        asha.submit(
                asha.get(edit(resource)).page(),
                FORM,
                "description",
                "<h2>Now</h2><script>evil()</script><a href=\"javascript:evil()\">a</a> <a href='https://b.org'>b</a>");
        assertThat(now(resource).content().description().in("en"))
                .contains("<h2>Now</h2><a>a</a> <a href=\"https://b.org\">b</a>");
    }

    @Test
    void unchanged_values_of_a_peer_do_not_prevent_saving() {
        ResourceContent sent = ResourceContent.titled(LocalizedText.of("en", "Water"))
                .description(LocalizedText.of("en", "<p>" + "boil it ".repeat(6_300) + "</p>"))
                .attribution(LocalizedText.of("en", "A. ".repeat(2_000)))
                .studyTime(new StudyTime(Integer.MAX_VALUE, StudyTime.Unit.WEEKS))
                .build();
        Resource resource = added(sent);
        PageClient asha = asha();

        Answer saved = asha.submit(asha.get(edit(resource)).page(), FORM, "tag-new", "Topic: Water");

        assertThat(saved.status()).isEqualTo(303);
        assertThat(now(resource).content())
                .isEqualTo(sent.toBuilder().tags(now(resource).content().tags()).build());
        assertThat(now(resource).content().tags()).extracting(Tag::name).containsExactly("Water");

        Answer refused = asha.submit(
                asha.get(edit(resource)).page(), FORM, "attribution", "B. ".repeat(2_000), "study", "100000");
        assertThat(refused.page().select("#w-attribution, #w-study")).hasSize(2);
    }

    @Test
    void titles_of_several_lines_stay_until_they_are_changed() {
        LocalizedText title = LocalizedText.of("en", "Safe\nwater \t at home");
        ResourceContent content = ResourceContent.titled(title)
                .attribution(LocalizedText.of("en", "Written by A.\r\nDrawn by B.\rPrinted\u0001 by C."))
                .bornOn(BornOn.at(LocalDateTime.of(2024, 3, 31, 12, 30)))
                .attachments(List.of(
                        SampleAttachment.link("https://a.org")
                                .title(title)
                                .description(title)
                                .order(7)
                                .size(9)
                                .build(),
                        SampleAttachment.file("https://a.org/a.pdf")
                                .title(title)
                                .description(title)
                                .size(9)
                                .build()))
                .build();
        Resource resource = added(content);
        PageClient asha = asha();
        Document page = asha.get(edit(resource)).page();
        assertThat(page.selectFirst("[name=title]").val()).isEqualTo("Safe water   at home");

        assertThat(asha.get(asha.submit(page, FORM).location())
                        .page()
                        .select(".notice")
                        .text())
                .startsWith("Nothing");
        assertThat(now(resource).content()).isEqualTo(content);

        asha.submit(page, FORM, "title", "Safe water", "link-title", "More", "attribution", "D.");
        assertThat(now(resource).content().title().in("en")).contains("Safe water");
        assertThat(now(resource)
                        .content()
                        .attachments(AttachmentKind.LINK)
                        .get(0)
                        .title()
                        .in("en"))
                .contains("More");
        assertThat(now(resource).content().attribution().in("en")).contains("D.");
        assertThat(now(resource).content().attachments(AttachmentKind.FILE))
                .isEqualTo(content.attachments(AttachmentKind.FILE));
        assertThat(now(resource).content().bornOn()).isEqualTo(content.bornOn());
    }

    @Test
    void one_language_is_saved_and_the_others_stay() {
        LocalizedText title = LocalizedText.of("en", "Water").with("es", "Agua").with("ar", "ماء");
        Resource resource = added(ResourceContent.titled(title)
                .description(LocalizedText.of("en", "<p>Boil</p>"))
                .attachments(
                        AttachmentKind.LINK,
                        List.of(SampleAttachment.link("https://a.org")
                                .title("More")
                                .description("d")
                                .order(7)
                                .size(9)
                                .build()))
                .build());
        PageClient asha = asha();
        Document page = asha.get(edit(resource) + "?language=es").page();
        assertThat(page.select("#f-title").val()).isEqualTo("Agua");
        assertThat(page.select("#h-title").text()).isEqualTo("English: Water");

        asha.submit(page, FORM, "title", "Agua segura", "description", "Hervirla", "link-title", "Más");

        ResourceContent content = now(resource).content();
        assertThat(content.title()).isEqualTo(title.with("es", "Agua segura"));
        assertThat(content.description())
                .isEqualTo(LocalizedText.of("en", "<p>Boil</p>").with("es", "<p>Hervirla</p>"));
        assertThat(content.attachments(AttachmentKind.LINK))
                .containsExactlyElementsOf(resource.content().attachments(AttachmentKind.LINK).stream()
                        .map(link -> SampleAttachment.like(link, link.url())
                                .title(link.title().with("es", "Más"))
                                .build())
                        .toList());
    }

    @Test
    void a_date_keeps_its_precision_of_a_year_or_a_month() {
        Resource resource = added(ResourceContent.titled(LocalizedText.of("en", "Water"))
                .bornOn(BornOn.in(Year.of(2019)))
                .build());
        PageClient asha = asha();
        Document page = asha.get(edit(resource)).page();
        assertThat(page.select("#f-born").val()).isEqualTo("2019");

        asha.submit(page, FORM, "title", "Safe water");
        assertThat(now(resource).content().bornOn()).isEqualTo(BornOn.in(Year.of(2019)));

        asha.submit(asha.get(edit(resource)).page(), FORM, "born", "2019-05");
        assertThat(now(resource).content().bornOn()).isEqualTo(BornOn.in(YearMonth.of(2019, 5)));

        asha.submit(asha.get(edit(resource)).page(), FORM, "born", "2019-05-01");
        assertThat(now(resource).content().bornOn()).isEqualTo(BornOn.at(LocalDateTime.of(2019, 5, 1, 0, 0)));
    }

    @Test
    void errors_are_in_the_language_of_the_user_and_typed_values_stay() {
        PageClient asha = client("fr", ASHA, PASSWORD);

        Answer answer = asha.submit(
                asha.get("/resources/new").page(),
                FORM,
                "title",
                "",
                "study",
                "a while",
                "born",
                "31/03/2024",
                "tag-new",
                "Midwife",
                "link-title",
                "More",
                "link-guid",
                "",
                "link-url",
                "javascript:alert(1)");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.page().select("main .wrong").eachText())
                .hasSize(5)
                .first()
                .isEqualTo("Saisissez un titre.");
        assertThat(answer.page().select("#f-study").val()).isEqualTo("a while");
        assertThat(answer.page().select("#f-study").attr("aria-describedby")).isEqualTo("w-study");
        assertThat(answer.page().select("[name=link-url]").first().val()).isEqualTo("javascript:alert(1)");
        assertThat(running.library().storage().catalogue().all(0, 1)).isEmpty();
    }

    @Test
    void rows_are_added_without_scripts_and_typed_values_stay() {
        PageClient asha = asha();
        Answer more = asha.submit(
                asha.get("/resources/new").page(), FORM, "more", "links", "title", "Water", "link-url", "typed");
        assertThat(more.status()).isEqualTo(200);
        assertThat(more.page().select("[name=link-url]").size()).isGreaterThan(3);
        assertThat(more.page().select("#f-title").val()).isEqualTo("Water");
    }

    private static List<String> tagsAfter(PageClient asha, String typed) {
        Resource resource = added("Water " + Guid.random());
        Answer saved = asha.submit(asha.get(edit(resource)).page(), FORM, "tag-new", typed);
        assertThat(saved.page().select(".wrong").eachText()).isEmpty();
        return now(resource).content().tags().stream()
                .map(tag -> tag.category() + ": " + tag.name())
                .toList();
    }

    private static String refusedTag(PageClient asha, String typed) {
        Resource resource = added("Water " + Guid.random());
        Answer refused = asha.submit(asha.get(edit(resource)).page(), FORM, "tag-new", typed);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.page().select("[name=tag-new][aria-invalid]").val()).isEqualTo(typed);
        return refused.page().select("#w-tag-0").text();
    }

    @Test
    void a_tag_is_found_by_its_name_alone_in_any_case() {
        added(ResourceContent.titled(LocalizedText.of("en", "Nets"))
                .tags(List.of(Tag.of("Health topic", "Malaria"), Tag.of("Audience", "Nutrici\u00f3n")))
                .build());
        PageClient asha = asha();

        assertThat(tagsAfter(asha, "Malaria")).containsExactly("Health topic: Malaria");
        assertThat(tagsAfter(asha, "mALARIA")).containsExactly("Health topic: Malaria");
        assertThat(tagsAfter(asha, "health TOPIC:malaria")).containsExactly("Health topic: Malaria");
        assertThat(tagsAfter(asha, "nutricio\u0301n")).containsExactly("Audience: Nutrici\u00f3n");
        assertThat(tagsAfter(asha, "Disease: Malaria")).containsExactly("Disease: Malaria");
    }

    @Test
    void an_ambiguous_or_unknown_tag_name_needs_its_category() {
        added(ResourceContent.titled(LocalizedText.of("en", "Nets"))
                .tags(List.of(Tag.of("Topic", "Malaria"), Tag.of("Disease", "malaria"), Tag.of("Topic", "Water")))
                .build());
        PageClient asha = asha();

        assertThat(refusedTag(asha, "Malaria"))
                .contains("There are several tags called \u201cMalaria\u201d", "Topic: Malaria", "Disease: malaria");
        assertThat(refusedTag(asha, "Cholera"))
                .contains(
                        "There is no tag called \u201cCholera\u201d",
                        "such as \u201cTopic: Cholera\u201d",
                        "Topic \u00b7 Disease");
    }

    @Test
    void each_text_that_is_too_long_is_reported_with_its_limit_and_kept() {
        PageClient asha = asha();
        Document form = asha.get("/resources/new").page();
        String token = form.select(FORM + " [name=csrf]").val();
        String title = "t".repeat(150_000);
        String description = "d".repeat(150_000);

        Answer refused = asha.upload(
                "/resources/new?language=en",
                "upload",
                "",
                new byte[0],
                "csrf",
                token,
                "title",
                title,
                "description",
                description,
                "attribution",
                "a".repeat(5_001),
                "file-title",
                "f".repeat(1_001),
                "tag-new",
                "x".repeat(300),
                "link-guid",
                "",
                "link-title",
                "l".repeat(1_001),
                "link-url",
                "https://a.org/",
                "link-guid",
                "",
                "link-title",
                "",
                "link-url",
                "https://a.org/" + "u".repeat(2_000));

        assertThat(refused.status()).isEqualTo(422);
        Document page = refused.page();
        assertThat(page.select("#w-title").text())
                .isEqualTo("Title: this has 150,000 characters, but at most 1,000 are allowed. Please shorten it.");
        assertThat(page.select("#w-description").text())
                .startsWith("Description: this has 150,000 characters, but at most 50,000");
        assertThat(page.select("#w-attribution").text())
                .startsWith("Attribution: this has 5,001 characters, but at most 5,000");
        assertThat(page.select("#w-file-title").text()).startsWith("Title of the new file: this has 1,001");
        assertThat(page.select("#w-tag-0").text()).startsWith("New tag: this has 300 characters, but at most 202");
        assertThat(page.select("#w-link-0").text())
                .startsWith("Title of the link: this has 1,001 characters, but at most 1,000");
        assertThat(page.select("#w-link-1").text())
                .startsWith("Address of the link: this has 2,014 characters, but at most 2,000");
        assertThat(page.select("#f-title").val()).isEqualTo(title);
        assertThat(page.select("#f-description").val()).isEqualTo(description);
        assertThat(page.select("input[maxlength]")).isEmpty();
    }

    @Test
    void a_url_encoded_form_can_have_300000_characters() {
        PageClient asha = asha();
        String name = "\u0436".repeat(300_000);

        Answer refused = asha.submit(asha.get("/profile").page(), "form[action=/profile]", "fullname", name);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.page().select("#w-fullname").text())
                .isEqualTo("Name: this has 300,000 characters, but at most 200 are allowed. Please shorten it.");
        assertThat(refused.page().select("#f-fullname").val()).isEqualTo(name);
    }
}
