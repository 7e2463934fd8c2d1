package org.librarypeers.app.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.YearMonth;
import java.util.List;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.domain.BornOn;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.SyncListener;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PublicResourcePagesTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final UserName AUTHOR = new UserName("author");
    private static final UserName OTHER = new UserName("other");

    private static RunningLibrary running;
    private static RunningLibrary maker;
    private final PageClient reader = new PageClient(running.address());

    @BeforeAll
    static void start() {
        running = RunningLibrary.start();
        maker = RunningLibrary.start();
        for (UserName name : List.of(AUTHOR, OTHER)) {
            running.library().accounts().create(name, Role.CONTRIBUTOR, null, "a contributor's password");
        }
    }

    @AfterAll
    static void stop() {
        maker.close();
        running.close();
    }

    /** Signs in and returns the page. Its attribute {@code status} holds the HTTP status. */
    private static Document as(UserName name, String password, String path) {
        PageClient client = new PageClient(running.address());
        client.signIn(name.value(), password);
        PageClient.Answer answer = client.get(path);
        Document page = answer.page();
        page.attr("status", String.valueOf(answer.status()));
        return page;
    }

    private static String path(Resource resource) {
        return "/resource/" + resource.slug();
    }

    @Test
    void the_page_of_a_resource_shows_all_its_content() {
        Resource resource = ReaderContent.publish(
                running,
                ReaderContent.titled("Hand washing")
                        .description(ReaderContent.english("<h1>Why</h1><p>Hands <em>carry</em> germs.</p>"))
                        .attribution(ReaderContent.english("World Health Organization"))
                        .studyTime(new StudyTime(90, StudyTime.Unit.MINS))
                        .image("https://images.example/hands.png")
                        .tags(List.of(Tag.of("Audience", "Nurses"), Tag.of("License", "CC BY 4.0")))
                        .attachments(List.of(
                                ReaderContent.link("Watch", "https://www.youtube.com/watch?v=1"),
                                ReaderContent.file("Poster", "https://example.org/a/poster.PDF?x=1", 2_345_678))));

        Document page = reader.get(path(resource)).page();

        assertThat(page.select("h1").eachText()).containsExactly("Hand washing");
        assertThat(page.select(".prose h3").text()).isEqualTo("Why");
        assertThat(page.text())
                .contains("90 minutes", "World Health Organization", "Created in this library", "Licence CC BY 4.0");
        assertThat(page.select(".attachments > li").eachText())
                .containsExactly("PDF Poster example.org 2.2 MB", "Video Watch youtube.com");
        assertThat(page.select("img"))
                .as("The image is not fetched yet.")
                .noneMatch(image -> image.attr("src").contains("example"));
        assertThat(page.select("meta[name=description]").attr("content")).isEqualTo("Why Hands carry germs.");
        assertThat(page.select("meta[property=og:title]").attr("content")).isEqualTo("Hand washing");
        assertThat(page.select("link[rel=canonical]").attr("href")).isEqualTo(running.address() + path(resource));
        assertThat(reader.get(page.select(".beside .tags a").attr("href")).status())
                .isEqualTo(200);
        assertThat(page.select("a[href*=/edit], a[href*=/review]")).isEmpty();
        assertThat(page.select(".main-action").text()).isEqualTo("Download PDF example.org 2.2 MB");
        assertThat(page.select(".main-action a").attr("href")).isEqualTo("https://example.org/a/poster.PDF?x=1");
    }

    @Test
    void files_of_this_library_are_shown_on_the_page_and_those_of_others_are_not() {
        String media = "/media/resource/" + "0".repeat(64);
        Resource resource = ReaderContent.publish(
                running,
                ReaderContent.titled("Hand washing")
                        .attachments(List.of(
                                ReaderContent.file("Leaflet", media + "/a.pdf", 1),
                                ReaderContent.file("Film", media + "/b.mp4", 1),
                                ReaderContent.file("Song", media + "/c.mp3", 1),
                                ReaderContent.file("Table", media + "/d.csv", 1),
                                ReaderContent.file("Elsewhere", "https://example.org/e.mp4", 1))));

        Document page = reader.get(path(resource)).page();

        assertThat(page.select(".preview iframe").eachAttr("src")).containsExactly(media + "/a.pdf");
        assertThat(page.select("video").eachAttr("src")).containsExactly(media + "/b.mp4");
        assertThat(page.select("audio").eachAttr("src")).containsExactly(media + "/c.mp3");
        assertThat(page.select(".attachments a[data-print]").first().attr("data-print"))
                .isEqualTo(running.address() + media + "/a.pdf");
    }

    @Test
    void programs_find_a_description_of_a_public_resource() {
        Resource resource = ReaderContent.publish(
                running,
                ReaderContent.titled("Hand washing")
                        .title(ReaderContent.english("Hand washing").with("ar", "غسل اليدين"))
                        .description(ReaderContent.english("<p>Hands <em>carry</em> germs.</p>"))
                        .attribution(ReaderContent.english("World Health Organization"))
                        .studyTime(new StudyTime(90, StudyTime.Unit.MINS))
                        .bornOn(BornOn.in(YearMonth.of(2019, 3)))
                        .tags(List.of(Tag.of("Audience", "Nurses"), Tag.of("License", "CC BY 4.0")))
                        .attachments(List.of(
                                ReaderContent.link("Watch", "https://www.youtube.com/watch?v=1"),
                                ReaderContent.file("Poster", "https://example.org/a/poster.PDF?x=1", 2_345_678))));

        Document page = reader.get(path(resource)).page();

        JsonNode described = JSON.readTree(
                page.expectFirst("script[type=application/ld+json]").data());
        assertThat(described.get("@type").asString()).isEqualTo("LearningResource");
        assertThat(described.get("url").asString()).isEqualTo(running.address() + path(resource));
        assertThat(described.get("identifier").asString()).isEqualTo("urn:uuid:" + resource.guid());
        assertThat(described.get("name").asString()).isEqualTo("Hand washing");
        assertThat(described.get("description").asString()).isEqualTo("Hands carry germs.");
        assertThat(described.get("inLanguage")).extracting(JsonNode::asString).containsExactlyInAnyOrder("en", "ar");
        assertThat(described.get("timeRequired").asString()).isEqualTo("PT90M");
        assertThat(described.get("dateCreated").asString()).isEqualTo("2019-03");
        assertThat(described.get("keywords")).extracting(JsonNode::asString).containsExactly("Nurses");
        assertThat(described.get("license").asString()).isEqualTo("CC BY 4.0");
        assertThat(described.get("creditText").asString()).isEqualTo("World Health Organization");
        assertThat(described.get("encoding").get(0).get("contentSize").asString())
                .isEqualTo("2345678");
        assertThat(described.get("hasPart").get(0).get("url").asString())
                .isEqualTo("https://www.youtube.com/watch?v=1");
        assertThat(page.select("meta[name^=DC.]").eachAttr("content"))
                .contains("Hand washing", "ar", "Nurses", "CC BY 4.0", "World Health Organization");
        assertThat(page.select(".cite p").text())
                .startsWith("World Health Organization. Hand washing [Internet]. ")
                .contains("; 2019 [cited ")
                .endsWith("Available from: " + running.address() + path(resource));
        assertThat(page.select(".cite pre").text()).startsWith("@misc{resource-");
        assertThat(page.select(".cite input").val()).isEqualTo(running.address() + path(resource));
    }

    @Test
    void a_study_time_without_a_unit_is_shown_as_on_the_review_page() {
        Resource without = ReaderContent.publish(
                running, ReaderContent.titled("Hand washing").studyTime(new StudyTime(45, null)));
        Resource unknown = ReaderContent.publish(running, ReaderContent.titled("Safe water"));

        assertThat(reader.get(path(without))
                        .page()
                        .select("dt:containsOwn(Study time) + dd")
                        .text())
                .isEqualTo("45");
        assertThat(reader.get(path(unknown)).page().text()).doesNotContain("Study time");
    }

    @Test
    void a_resource_is_shown_in_the_requested_language() {
        Resource resource = ReaderContent.publish(
                running,
                ReaderContent.titled("Safe water")
                        .title(ReaderContent.english("Safe water").with("ar", "ماء آمن"))
                        .description(ReaderContent.english("Boil it.")));

        Document english = reader.get(path(resource)).page();
        Document arabic = reader.get(english.select(".beside a[hreflang=ar]").attr("href"))
                .page();

        assertThat(arabic.select("h1").text()).isEqualTo("ماء آمن");
        assertThat(arabic.select("h1").attr("dir")).isEqualTo("rtl");
        assertThat(arabic.select("html").attr("dir")).isEqualTo("ltr");
        assertThat(arabic.select(".prose").attr("lang")).isEqualTo("en");
        assertThat(arabic.select("link[rel=canonical]").attr("href")).endsWith("?language=ar");
        assertThat(arabic.select("link[rel=alternate][hreflang]").eachAttr("hreflang"))
                .containsExactly("ar", "en", "x-default");
        assertThat(reader.get(path(resource) + "?language=xx")
                        .page()
                        .select("h1")
                        .text())
                .isEqualTo("Safe water");
    }

    @Test
    void a_resource_of_a_peer_shows_its_provenance() {
        Resource theirs = maker.publish("Made elsewhere");
        running.library().sync().sync(running.addPeer(maker), SyncListener.NONE);
        Resource ours =
                running.library().storage().resources().find(theirs.guid()).orElseThrow();
        running.library()
                .storage()
                .resources()
                .save(ours.approve(running.library().clock().instant()));

        Document page = reader.get(path(ours)).page();

        assertThat(page.select(".beside").text()).contains("Peer at " + maker.address(), "In this library since");
        String original = page.select(".beside a[rel~=ugc]").attr("href");
        assertThat(original).startsWith(maker.address());
        assertThat(new PageClient(maker.address())
                        .visit(original.substring(maker.address().length()))
                        .page()
                        .select("h1")
                        .text())
                .isEqualTo("Made elsewhere");
    }

    @Test
    void an_unpublished_resource_is_visible_only_with_permission() throws Exception {
        Resource resource = ReaderContent.add(running, "Not yet read", AUTHOR);

        assertThat(reader.get(path(resource)).status()).isEqualTo(404);
        assertThat(as(OTHER, "a contributor's password", path(resource)).attr("status"))
                .isEqualTo("404");

        Document own = as(AUTHOR, "a contributor's password", path(resource));
        assertThat(own.select("script[type=application/ld+json], .cite")).isEmpty();
        assertThat(own.select(".hint").text()).contains("pending");
        assertThat(own.select(".actions a").eachAttr("href"))
                .containsExactly(
                        "/resources/" + resource.guid() + "/edit", "/resources/" + resource.guid() + "/history");

        Document reviewed = as(RunningLibrary.REVIEWER, "a reviewer's password", path(resource));
        assertThat(reviewed.select(".actions a").eachAttr("href")).contains("/review/" + resource.guid());
    }

    @Test
    void hostile_content_does_nothing() {
        Resource resource = ReaderContent.publish(running, ReaderContent.hostile());

        Document page = reader.get(path(resource)).page();

        assertThat(page.select(
                        "script:not([src]):not([type=application/ld+json]), iframe, [onerror], [onclick], [onload]"))
                .isEmpty();
        assertThat(page.select("a[href^=javascript], a[href^=data], img[src^=javascript], meta[content^=javascript]"))
                .isEmpty();
        assertThat(page.select(".attachments").text()).contains("javascript:alert(5)");
        assertThat(page.select(".prose").text()).isEqualTo("Kept link");
        String described = page.expectFirst("script[type=application/ld+json]").data();
        assertThat(described).doesNotContain("<", "javascript:");
        assertThat(JSON.readTree(described).get("name").asString()).startsWith("Hostile <script");
        assertThat(reader.get(page.select(".beside .tags a").attr("href")).status())
                .isEqualTo(200);
    }

    @Test
    void a_resource_that_has_only_a_title_has_a_page() {
        Resource resource =
                ReaderContent.publish(running, ReaderContent.titled("x").title(LocalizedText.of("ar", "عنوان فقط")));

        Document page = reader.get(path(resource)).page();

        assertThat(page.select("h1").text()).isEqualTo("عنوان فقط");
        assertThat(page.text()).contains("This resource has no description.", "This resource has no files or links.");
    }

    @ParameterizedTest
    @CsvSource({
        "/resource/view/safe-water, /resource/safe-water",
        "/resource/view/safe-water/, /resource/safe-water",
        "/resource/safe-water/, /resource/safe-water",
        "/tag/view/malaria, /tag/malaria",
        "/tag/view/malaria/, /tag/malaria",
        "/tag/malaria/, /tag/malaria",
    })
    void an_address_of_existing_sites_redirects_permanently(String from, String to) {
        PageClient.Answer answer = reader.get(from);

        assertThat(answer.status()).isEqualTo(301);
        assertThat(answer.location()).isEqualTo(to);
    }

    @Test
    void an_unknown_or_invalid_address_is_not_found() {
        assertThat(reader.get("/resource/view/%2F%2Fevil.example").status()).isIn(400, 404);
        assertThat(reader.get("/resource/No_Such%20One").status()).isEqualTo(404);
        assertThat(reader.get("/resource/no-such-one").status()).isEqualTo(404);
    }
}
