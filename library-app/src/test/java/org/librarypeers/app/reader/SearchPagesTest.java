package org.librarypeers.app.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.contract.SettableClock;

/** Tests of what the search does beyond finding all words: corrections, any words, filters, snippets and suggestions. */
class SearchPagesTest {

    private static final String PASSWORD = "a-long-password-1";

    private static RunningLibrary running;
    private PageClient reader;

    @BeforeAll
    static void start() {
        running = RunningLibrary.start();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @BeforeEach
    void begin() {
        running.removeResources();
        reader = new PageClient(running.address());
    }

    private static List<String> titles(Document page) {
        return page.select(".found > li > h3").eachText();
    }

    private Document search(String query) {
        PageClient.Answer answer = reader.get("/search?" + query);
        assertThat(answer.status()).isEqualTo(200);
        return answer.page();
    }

    @Test
    void a_misspelled_word_is_corrected_and_the_original_can_be_searched() {
        ReaderContent.publish(running, ReaderContent.titled("Nets against malaria"));
        ReaderContent.publish(running, ReaderContent.titled("Clean hands"));

        Document page = search("q=malria");

        assertThat(titles(page)).containsExactly("Nets against malaria");
        assertThat(page.select(".meant b").text()).isEqualTo("malaria");
        assertThat(page.select(".found mark").eachText()).containsExactly("malaria");
        assertThat(page.select("input[name=q]").val()).isEqualTo("malria");
        assertThat(page.select("a[href='/search?q=malria&exact=1']")).hasSize(1);
        assertThat(page.select("a[href='/feed.atom?q=malaria']")).hasSize(1);
        assertThat(page.select("link[rel=alternate]").eachAttr("href")).contains("/feed.atom?q=malaria");
        assertThat(titles(search("q=malria&exact=1"))).isEmpty();
        assertThat(search("q=malaria").select(".meant")).isEmpty();
        assertThat(titles(search("q=malria+zzzz&exact=1"))).isEmpty();
    }

    @Test
    void if_no_resource_has_all_words_those_with_some_are_shown_and_it_is_said() {
        ReaderContent.publish(running, ReaderContent.titled("Nets against malaria"));
        ReaderContent.publish(running, ReaderContent.titled("Malaria tests"));
        ReaderContent.publish(running, ReaderContent.titled("Clean hands"));

        Document page = search("q=malaria+nets+zzzz");

        assertThat(titles(page)).containsExactly("Nets against malaria", "Malaria tests");
        assertThat(page.select("div[role=status] .hint")).hasSize(1);
        assertThat(search("q=malaria").select("div[role=status] .hint")).isEmpty();
        assertThat(titles(search("q=zzzz"))).isEmpty();
    }

    @Test
    void words_of_unpublished_resources_are_neither_suggested_nor_corrected_to() throws Exception {
        ReaderContent.add(running, "Malaria unread", RunningLibrary.REVIEWER);
        ReaderContent.publish(running, ReaderContent.titled("Clean hands"));

        assertThat(search("q=malria").select(".meant")).isEmpty();
        assertThat(running.get("/search/suggestions?q=mal").body()).isEqualTo("{\"suggestions\":[]}");
    }

    @Test
    void results_are_filtered_by_type_and_study_time_in_the_address() {
        ReaderContent.publish(
                running,
                ReaderContent.titled("Film about malaria")
                        .studyTime(new StudyTime(20, StudyTime.Unit.MINS))
                        .tags(List.of(Tag.of("Audience", "Nurses")))
                        .attachments(
                                AttachmentKind.LINK, List.of(ReaderContent.link("Film", "https://example.org/a.mp4"))));
        ReaderContent.publish(
                running,
                ReaderContent.titled("Book about malaria")
                        .studyTime(new StudyTime(3, StudyTime.Unit.WEEKS))
                        .attachments(
                                AttachmentKind.LINK, List.of(ReaderContent.link("Book", "https://example.org/a.pdf"))));

        Document all = search("q=malaria");
        assertThat(all.select(".choices a[href='/search?q=malaria&type=pdf']")).hasSize(1);
        assertThat(all.select(".choices a[href='/search?q=malaria&time=short']"))
                .hasSize(1);
        assertThat(search("").select(".choices a[href='/search?type=video']")).hasSize(1);

        Document films = search("q=malaria&type=video&time=short&tag=nurses&language=en&sort=newest");
        assertThat(titles(films)).containsExactly("Film about malaria");
        assertThat(films.select(".chosen a").eachAttr("href"))
                .contains(
                        "/search?q=malaria&tag=nurses&language=en&time=short&sort=newest",
                        "/search?q=malaria&tag=nurses&language=en&type=video&sort=newest");
        assertThat(
                        films.select(
                                "link[rel=alternate][href='/feed.atom?q=malaria&tag=nurses&language=en&type=video&time=short']"))
                .hasSize(1);
        assertThat(films.select("meta[name=robots][content=noindex]")).hasSize(1);
        assertThat(films.select("form.bigsearch input[type=hidden]").eachAttr("name"))
                .containsExactlyInAnyOrder("tag", "language", "type", "time", "sort");
        assertThat(titles(search("type=pdf"))).containsExactly("Book about malaria");
        assertThat(titles(search("time=longer"))).containsExactly("Book about malaria");
        assertThat(titles(search("type=nonsense"))).hasSize(2);
    }

    @Test
    void results_can_be_sorted_by_date() {
        ReaderContent.publish(running, ReaderContent.titled("Malaria"));
        ReaderContent.publish(
                running, ReaderContent.titled("Other").description(ReaderContent.english("<p>About malaria</p>")));

        assertThat(titles(search("q=malaria"))).containsExactly("Malaria", "Other");
        assertThat(titles(search("q=malaria&sort=newest"))).containsExactly("Other", "Malaria");
        assertThat(search("q=malaria&sort=newest")
                        .select(".search-tools a[aria-current]")
                        .attr("href"))
                .isEqualTo("/search?q=malaria&sort=newest");
    }

    @Test
    void a_snippet_shows_the_match_in_any_form_and_no_markup_of_the_text() {
        ReaderContent.publish(
                running,
                ReaderContent.titled("Guide")
                        .description(ReaderContent.english("<p>" + "Introduction and more. ".repeat(40)
                                + "Children are vaccinated &lt;b&gt; here, with vaccines. " + "The end. ".repeat(60))));

        Document page = search("q=vaccination");

        assertThat(page.select(".found mark").eachText()).containsExactly("vaccinated", "vaccines");
        assertThat(page.select(".found > li > p").first().text())
                .startsWith("…")
                .endsWith("…");
        assertThat(page.select(".found > li > p").html()).contains("&lt;b&gt;");
    }

    @Test
    void suggestions_complete_the_last_word_and_name_titles() throws Exception {
        ReaderContent.publish(running, ReaderContent.titled("Nets against malaria"));
        ReaderContent.publish(running, ReaderContent.titled("Malaria \"tests\" <b>"));
        search("q=index");

        var answer = running.get("/search/suggestions?q=nets+mal");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json;charset=utf-8");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("private, max-age=60");
        assertThat(answer.body())
                .contains("\"text\":\"nets malaria\"", "\"address\":\"/search?q=nets+malaria\"")
                .contains("\"text\":\"Nets against malaria\"", "\"address\":\"/resource/nets-against-malaria\"");
        assertThat(running.get("/search/suggestions?q=mal+").body()).doesNotContain("\"kind\":\"words\"");
        assertThat(running.get("/search/suggestions?q=malria").body()).contains("\"text\":\"malaria\"");
        assertThat(running.get("/search/suggestions?q=m").body()).isEqualTo("{\"suggestions\":[]}");
        assertThat(running.get("/search/suggestions").body()).isEqualTo("{\"suggestions\":[]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"%27%22%7C%21", "%F0%9F%92%A7%F0%9F%92%A7", "%00%00%00", "a%3Ab%2A", "((((", "%D8%AD%D9%85"})
    void every_text_is_valid(String text) throws Exception {
        assertThat(running.get("/search/suggestions?q=" + text).statusCode()).isEqualTo(200);
        assertThat(reader.get("/search?q=" + text + "+" + text).status()).isEqualTo(200);
    }

    @Test
    void an_address_gets_a_limited_number_of_suggestions() {
        SettableClock clock = new SettableClock(java.time.Instant.parse("2026-01-01T00:00:00Z"));
        SuggestionLimit limit = new SuggestionLimit(clock);
        for (int i = 0; i < SuggestionLimit.MOST; i++) {
            assertThat(limit.permits("192.0.2.1")).isTrue();
        }

        assertThat(limit.permits("192.0.2.1")).isFalse();
        assertThat(limit.permits("192.0.2.2")).isTrue();
        clock.advance(SuggestionLimit.WINDOW);
        assertThat(limit.permits("192.0.2.1")).isTrue();
    }

    @Test
    void an_administrator_is_told_how_to_enable_corrections() {
        UserName admin = new UserName("search.admin");
        running.library().accounts().create(admin, Role.ADMIN, null, PASSWORD);
        PageClient signedIn = new PageClient(running.address());
        signedIn.signIn(admin.value(), PASSWORD);
        ReaderContent.publish(running, ReaderContent.titled("Nets against malaria"));
        assertThat(signedIn.get("/search?q=malria").page().text()).doesNotContain("pg_trgm");

        running.execute("drop extension pg_trgm cascade");
        try {
            assertThat(signedIn.get("/search?q=malria").page().text()).contains("CREATE EXTENSION pg_trgm");
            assertThat(search("q=malria").text()).doesNotContain("pg_trgm");
            assertThat(titles(search("q=malaria"))).hasSize(1);
            assertThat(titles(search("q=malria+malaria"))).hasSize(1);
        } finally {
            running.execute("create extension pg_trgm");
        }
        assertThat(titles(search("q=malria"))).hasSize(1);
    }

    @Test
    void a_resource_page_names_related_resources_and_its_way() {
        Tag tag = Tag.of("Topic", "Snake bites");
        ReaderContent.publish(running, ReaderContent.titled("First aid").tags(List.of(tag)));
        ReaderContent.publish(running, ReaderContent.titled("Antivenom").tags(List.of(tag)));
        ReaderContent.publish(running, ReaderContent.titled("Weather"));

        Document page = reader.get("/resource/first-aid").page();

        assertThat(page.select(".related a").eachText()).containsExactly("Antivenom");
        assertThat(page.select(".related a").attr("href")).isEqualTo("/resource/antivenom");
        assertThat(page.select("ol.journey li[aria-current]")).hasSize(1);
        assertThat(reader.get("/resource/weather").page().select(".related")).isEmpty();
    }
}
