package org.librarypeers.app.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.config.Settings;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.contract.SampleAttachment;

/** Tests of the table of resources: its columns and its orders. */
@Timeout(180)
class ResourceTableTest {

    private static final String PASSWORD = "a long password";

    private static RunningLibrary here;

    private PageClient reviewer;

    @BeforeAll
    static void start() {
        here = RunningLibrary.start();
        here.library().accounts().create(new UserName("amina"), Role.REVIEWER, null, PASSWORD);
        here.library().accounts().create(new UserName("juma"), Role.CONTRIBUTOR, null, PASSWORD);
    }

    @AfterAll
    static void stop() {
        here.close();
    }

    @BeforeEach
    void empty() {
        here.removeResources();
        reviewer = signedIn("amina", "en");
    }

    private static PageClient signedIn(String name, String language) {
        PageClient client = new PageClient(here.address(), language);
        client.signIn(name, PASSWORD);
        return client;
    }

    private static Resource publish(Map<String, String> titles) {
        LocalizedText title = LocalizedText.empty();
        for (Map.Entry<String, String> text : titles.entrySet()) {
            title = title.with(text.getKey(), text.getValue());
        }
        return here.publish(Guid.random(), ResourceContent.titled(title).build());
    }

    private Document page(String address) {
        return reviewer.get(address).page();
    }

    private static List<String> titles(Document page) {
        return page.select("tbody th > a").eachText();
    }

    private static Element heading(Document page, String name) {
        return page.select("thead th").stream()
                .filter(th -> th.text().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the page to which the head of a column leads. */
    private Document follow(Document page, String column) {
        return page(heading(page, column).expectFirst("a").attr("href"));
    }

    @Test
    void a_row_shows_what_staff_need_of_a_resource() {
        Guid guid = Guid.random();
        Resource resource = here.publish(
                guid,
                ResourceContent.titled(LocalizedText.of("en", "Safe water").with("fr", "Eau potable"))
                        .tags(List.of(
                                Tag.of("Topic", "Water"),
                                Tag.of("Audience", "Nurses"),
                                Tag.of("Audience", "Midwives"),
                                Tag.of("Audience", "Teachers"),
                                Tag.of("Topic", "Soap")))
                        .attachments(
                                AttachmentKind.LINK,
                                List.of(
                                        SampleAttachment.link("https://a.example/guide.pdf")
                                                .build(),
                                        SampleAttachment.link("https://a.example/film.mp4")
                                                .build()))
                        .build());

        Document page = page("/resources");

        assertThat(page.select("thead th[scope=col]").eachText())
                .containsExactly("Selection", "Title", "Status", "Source", "Tags", "Changed");
        Element row = page.expectFirst("tbody tr");
        assertThat(row.select("input[type=checkbox][form=bulk][name=guid]").val())
                .isEqualTo(guid.toString());
        Element title = row.expectFirst("th[scope=row]");
        assertThat(title.expectFirst("a").attr("href")).isEqualTo("/resources/" + guid + "/edit");
        assertThat(title.select(".about").text()).isEqualTo("English · French · PDF · Video · History Safe water");
        assertThat(title.select(".about a").attr("href")).isEqualTo("/resources/" + guid + "/history");
        assertThat(row.select("td[data-label=Status] .mark.good").text()).isEqualTo("approved");
        assertThat(row.select("td[data-label=Source]").text()).isEqualTo("created here");
        Elements tags = row.select("td[data-label=Tags] li");
        assertThat(tags.eachText()).containsExactly("Water", "Nurses", "and 3 more");
        Element time = row.expectFirst("td[data-label=Changed] time");
        assertThat(time.attr("datetime")).isEqualTo(resource.updated().toString());
        assertThat(time.attr("title")).endsWith("UTC");
        // Each tag is a filter.
        publish(Map.of("en", "Another"));
        assertThat(titles(page(tags.get(1).expectFirst("a").attr("href")))).containsExactly("Safe water");
    }

    @Test
    void a_resource_of_a_peer_names_it_and_one_without_tags_has_an_empty_cell() {
        try (RunningLibrary malawi = RunningLibrary.start("Malawi Library")) {
            malawi.publish("Nets");
            Peer peer = here.addPeer(malawi);
            here.library().sync().sync(peer, SyncListener.NONE);

            Element row = page("/resources").expectFirst("tbody tr");

            assertThat(row.select("td[data-label=Source]").text()).isEqualTo(peer.name());
            assertThat(row.select("td[data-label=Status] .mark.warn").text()).isEqualTo("pending");
            assertThat(row.select("td[data-label=Tags]")).isEmpty();
            assertThat(row.select("td")).hasSize(5);
            here.library().sync().remove(peer.id());
        }
    }

    @Test
    void a_contributor_has_the_table_without_a_selection() {
        publish(Map.of("en", "One"));
        Document page = signedIn("juma", "en").get("/resources").page();

        assertThat(page.select("thead th").eachText()).containsExactly("Title", "Status", "Source", "Tags", "Changed");
        assertThat(page.select("input[type=checkbox], #bulk")).isEmpty();
        assertThat(page.expectFirst("tbody th > a").attr("href")).startsWith("/resource/");
    }

    @Test
    void the_list_is_ordered_by_date_in_both_directions_and_says_so() {
        for (String title : List.of("B", "C", "A")) {
            publish(Map.of("en", title));
        }
        Document newest = page("/resources?status=approved");
        assertThat(titles(newest)).containsExactly("A", "C", "B");
        assertThat(heading(newest, "Changed").attr("aria-sort")).isEqualTo("descending");
        assertThat(newest.select("th[aria-sort]")).hasSize(1);

        Document oldest = follow(newest, "Changed");
        assertThat(titles(oldest)).containsExactly("B", "C", "A");
        assertThat(heading(oldest, "Changed").attr("aria-sort")).isEqualTo("ascending");
        assertThat(oldest.location()).contains("status=approved");
        assertThat(titles(follow(oldest, "Changed"))).containsExactly("A", "C", "B");
    }

    @Test
    void the_list_is_ordered_by_title_in_both_directions_over_all_pages() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            expected.add("Title %02d".formatted(i));
        }
        List<String> published = new ArrayList<>(expected);
        Collections.shuffle(published, new Random(7));
        published.forEach(title -> publish(Map.of("en", title)));

        Document ascending = follow(page("/resources?source=here"), "Title");
        assertThat(heading(ascending, "Title").attr("aria-sort")).isEqualTo("ascending");
        assertThat(ascending.select("th[aria-sort]")).hasSize(1);
        assertThat(allTitles(ascending)).isEqualTo(expected);

        Document descending = follow(ascending, "Title");
        assertThat(heading(descending, "Title").attr("aria-sort")).isEqualTo("descending");
        Collections.reverse(expected);
        assertThat(allTitles(descending)).isEqualTo(expected);
        assertThat(follow(descending, "Title").location()).contains("sort=title");
    }

    private List<String> allTitles(Document first) {
        List<String> all = new ArrayList<>(titles(first));
        Document page = first;
        while (!page.select("a[rel=next]").isEmpty()) {
            page = page(page.select("a[rel=next]").attr("href"));
            all.addAll(titles(page));
        }
        return all;
    }

    @Test
    void a_search_begins_with_the_best_match_and_can_be_ordered_otherwise() {
        publish(Map.of("en", "Water for the best"));
        here.publish(
                Guid.random(),
                ResourceContent.titled(LocalizedText.of("en", "A text"))
                        .description(LocalizedText.of("en", "<p>water</p>"))
                        .build());

        Document best = page("/resources?words=water");
        assertThat(titles(best)).containsExactly("Water for the best", "A text");
        assertThat(best.select("th[aria-sort], a:contains(Best match first)")).isEmpty();

        Document byTitle = follow(best, "Title");
        assertThat(titles(byTitle)).containsExactly("A text", "Water for the best");
        assertThat(titles(follow(byTitle, "Changed"))).containsExactly("A text", "Water for the best");
        assertThat(titles(follow(follow(byTitle, "Changed"), "Changed")))
                .containsExactly("Water for the best", "A text");
        Document again = page(byTitle.select("a:contains(Best match first)").attr("href"));
        assertThat(titles(again)).isEqualTo(titles(best));
    }

    @Test
    void the_order_stays_when_the_filter_changes_and_after_a_change_of_several_resources() {
        publish(Map.of("en", "B"));
        publish(Map.of("en", "A"));
        Document list = page("/resources?sort=title-reversed");
        assertThat(list.select("form.filters [name=sort]").val()).isEqualTo("title-reversed");

        Document preview =
                reviewer.submit(list, "#bulk", "action", "archive", "all", "on").page();
        String after = reviewer.submit(preview, "main form").location();

        assertThat(after).contains("sort=title-reversed");
        assertThat(titles(page(after))).containsExactly("B", "A");
        assertThat(titles(page("/resources?sort=%3Cscript%3E"))).hasSize(2);
        assertThat(page("/resources?sort=nothing").select("form.filters [name=sort]"))
                .isEmpty();
    }

    @Test
    void titles_are_ordered_in_the_language_in_which_the_visitor_reads_them() {
        publish(Map.of("en", "B", "es", "Y"));
        publish(Map.of("en", "A", "es", "Z"));

        assertThat(titles(page("/resources?sort=title"))).containsExactly("A", "B");
        reviewer = signedIn("amina", "es");
        assertThat(titles(page("/resources?sort=title"))).containsExactly("Y", "Z");
        // This library has no French content, so that these titles are shown in its default language.
        reviewer = signedIn("amina", "fr");
        assertThat(titles(page("/resources?sort=title"))).containsExactly("A", "B");
    }

    @Test
    void titles_in_a_language_without_an_index_are_ordered_in_a_short_list_only() {
        try (RunningLibrary french = RunningLibrary.start(settings -> settings.with(Settings.LANGUAGES, "fr,en"))) {
            french.library().accounts().create(new UserName("amina"), Role.REVIEWER, null, PASSWORD);
            PageClient client = new PageClient(french.address(), "fr");
            client.signIn("amina", PASSWORD);
            for (String title : List.of("B", "A")) {
                french.publish(
                        Guid.random(),
                        ResourceContent.titled(LocalizedText.of("fr", title)).build());
            }
            Document few = client.get("/resources?sort=title").page();
            assertThat(titles(few)).containsExactly("A", "B");
            assertThat(heading(few, "Titre").select("a")).hasSize(1);

            french.publishMany(Catalogue.MAX_FOUND - 1);
            Document many = client.get("/resources?sort=title").page();
            assertThat(heading(many, "Titre").select("a")).isEmpty();
            assertThat(heading(many, "Titre").hasAttr("aria-sort")).isFalse();
            assertThat(heading(many, "Modifiée").attr("aria-sort")).isEqualTo("descending");
            assertThat(many.select("tbody tr")).hasSize(25);
            assertThat(titles(client.get("/resources?sort=title&language=fr").page()))
                    .containsExactly("A", "B");
        }
    }
}
