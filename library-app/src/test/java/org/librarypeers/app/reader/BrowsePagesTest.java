package org.librarypeers.app.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.contract.Await;
import org.librarypeers.sync.contract.Samples;

class BrowsePagesTest {

    private static final Tag MALARIA = Tag.of("Health Domain", "Malaria");
    private static final Tag NURSES = Tag.of("Audience", "Nurses");

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

    private static void fill() {
        ReaderContent.publish(
                running,
                ReaderContent.titled("Nets against malaria")
                        .description(ReaderContent.english("<p>Sleep under a <b>net</b>.</p>"))
                        .tags(List.of(MALARIA, NURSES)));
        ReaderContent.publish(
                running,
                ReaderContent.titled("Malaria tests")
                        .title(ReaderContent.english("Malaria tests").with("es", "Pruebas de malaria"))
                        .tags(List.of(MALARIA)));
        ReaderContent.publish(running, ReaderContent.titled("Clean hands").tags(List.of(NURSES)));
    }

    private static List<String> titles(Document page) {
        return page.select(".found > li > h3").eachText();
    }

    private static String facet(Document page, String name) {
        return link(page, ".choices a:containsOwn(" + name + ")");
    }

    private static String link(Document page, String selector) {
        Element link = page.selectFirst(selector);
        assertThat(link).as(selector).isNotNull();
        return link == null ? "" : link.attr("href");
    }

    @Test
    void a_search_page_with_the_maximum_number_of_choices_is_small() {
        List<Tag> tags = new ArrayList<>();
        for (int category = 1; category <= 12; category++) {
            for (int tag = 1; tag <= 20; tag++) {
                tags.add(Tag.of("Health domain " + category, "A tag of some length " + category + "." + tag));
            }
        }
        for (int i = 1; i <= 25; i++) {
            ReaderContent.publish(
                    running,
                    ReaderContent.titled("Treating malaria in pregnancy, part " + i + " of a course for midwives")
                            .description(ReaderContent.english("<p>" + "Words about malaria and more. ".repeat(50)))
                            .tags(tags));
        }

        PageClient.Answer search = reader.get("/search?q=malaria");

        assertThat(search.page().select(".choices a[href*=tag]").size()).isEqualTo(8 * 15);
        assertThat(search.response().body().getBytes(StandardCharsets.UTF_8).length)
                .isLessThan(50_000);
    }

    @Test
    void the_categories_and_sources_with_the_most_resources_are_shown() {
        Peer peer = Samples.peer(running.library().storage().peers().nextId(), "Malawi", "https://malawi.example.org");
        running.library().storage().peers().save(peer);
        for (int i = 1; i <= 20; i++) {
            List<Tag> tags = IntStream.rangeClosed(i, 20)
                    .mapToObj(each -> Tag.of("Category %02d".formatted(each), "Name %02d".formatted(each)))
                    .toList();
            ReaderContent.publish(running, ReaderContent.titled("Resource " + i).tags(tags));
        }
        running.execute("update resource set source_peer = " + peer.id()
                + ", received_fingerprint = repeat('0', 64), source_route = '{}',"
                + " source_name = 'Library ' || slug, source_host = slug || '.example.org'");

        PageClient.Answer found = reader.get("/search");
        assertThat(found.status()).isEqualTo(200);
        Document all = found.page();
        Document narrow = reader.get("/search?tag=name-02").page();

        assertThat(categories(all))
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(13, 20)
                        .mapToObj("Category %02d"::formatted)
                        .toList());
        assertThat(all.select(".choices a[href*=source]")).hasSize(15);
        assertThat(narrow.select(".choices a[href*=source]")).hasSize(2);
        assertThat(categories(narrow)).hasSize(7);
        assertThat(reader.get("/search?source=resource-20.example.org").page().text())
                .contains("Library resource-20");
    }

    private static List<String> categories(Document page) {
        return page.select("h3").eachText().stream()
                .filter(title -> title.startsWith("Category"))
                .toList();
    }

    @Test
    void the_home_page_links_to_topics_languages_and_the_latest_resources() {
        fill();

        Document page = reader.get("/").page();

        assertThat(page.select("h1")).hasSize(1);
        assertThat(page.text()).contains("3 training resources");
        assertThat(titles(page)).containsExactlyInAnyOrder("Nets against malaria", "Malaria tests", "Clean hands");
        assertThat(titles(reader.get(facet(page, "Nurses")).page()))
                .containsExactlyInAnyOrder("Nets against malaria", "Clean hands");
        assertThat(titles(reader.get(facet(page, "Spanish")).page())).containsExactly("Malaria tests");
    }

    @Test
    void an_empty_library_suggests_the_first_steps_to_its_staff() {
        Document page = reader.get("/").page();

        assertThat(page.text()).contains("There are none yet");
        assertThat(link(page, "main a")).isEqualTo("/signin");
    }

    @Test
    void filters_are_combined_and_removed_one_by_one() {
        fill();

        Document both = reader.get("/search?q=malaria").page();
        assertThat(titles(both)).containsExactlyInAnyOrder("Nets against malaria", "Malaria tests");
        assertThat(both.select("h3 mark").eachText()).containsExactlyInAnyOrder("malaria", "Malaria");

        Document one = reader.get(facet(both, "Nurses")).page();
        assertThat(titles(one)).containsExactly("Nets against malaria");
        assertThat(one.select(".chosen").text()).contains("Audience: Nurses");

        Document none = reader.get(facet(one, "English").replace("language=en", "language=es"))
                .page();
        assertThat(none.select("#found").text()).isEqualTo("No resources found");
        assertThat(none.select(".empty").text()).contains("Remove a filter");

        Document spanish = reader.get(link(none, ".chosen a:contains(Nurses)")).page();
        assertThat(titles(spanish)).containsExactly("Malaria tests");
        assertThat(titles(reader.get(link(spanish, ".chosen a")).page())).hasSize(2);
    }

    @Test
    void a_search_keeps_its_filters_for_new_words() {
        fill();
        Document page = reader.get("/search?tag=nurses&language=en&source=here").page();

        assertThat(page.select("form.bigsearch input[type=hidden]").eachAttr("value"))
                .containsExactly("nurses", "en", "here");
        assertThat(titles(page)).hasSize(2);
        assertThat(page.select(".chosen").text()).contains("This library");
    }

    @Test
    void the_pages_of_a_long_list_are_linked() {
        running.publishMany(45);

        Document first = reader.get("/search").page();
        Document second = reader.get(link(first, "a[rel=next]")).page();
        Document third = reader.get(link(second, "a[rel=next]")).page();

        assertThat(IntStream.of(
                        titles(first).size(),
                        titles(second).size(),
                        titles(third).size()))
                .containsExactly(20, 20, 5);
        assertThat(third.select("a[rel=next]")).isEmpty();
        assertThat(titles(reader.get(link(third, "a[rel=prev]")).page())).isEqualTo(titles(second));
        assertThat(reader.get("/search?page=4").status()).isEqualTo(404);
    }

    @Test
    void a_search_with_many_matches_does_not_claim_to_be_exact() {
        running.publishMany(Catalogue.MAX_FOUND + 1);
        Catalogue catalogue = running.library().storage().catalogue();
        Await.await("every resource is indexed", () -> {
            catalogue.index(100);
            return catalogue.unindexed(1) == 0;
        });

        Document first = reader.get("/search?q=resource").page();
        assertThat(first.selectFirst("#found").text()).isEqualTo("1,000+ resources");
        assertThat(first.selectFirst("#found + .hint").text()).contains("Only 1,000 of them are listed");
        assertThat(first.select(".choices small").eachText()).isNotEmpty().allMatch(count -> count.endsWith("+"));
        assertThat(reader.get("/search?q=resource&page=50").page().select("a[rel=next]"))
                .isEmpty();
        assertThat(reader.get("/search?q=resource&page=51").status()).isEqualTo(404);
        assertThat(reader.get("/search").page().selectFirst("#found").text()).isEqualTo("1,001 resources");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/search?q=%00%01&tag=%00&language=%00&source=%00",
                "/search?q=%27%22%3Cscript%3Ealert(1)%3C/script%3E&tag=%3Cscript%3E&source=%22onclick=x",
                "/search?q=%E2%80%AE%F0%9F%98%80%25_%5C:*%26%7C!()",
                "/search?page=-1&language=../../etc&tag=a&tag=b&tag=c&tag=d&tag=e&tag=f",
                "/search?page=99999999999999999999&q=%F0%9F%98",
                "/tag/%3Cscript%3E",
                "/tag/no-such-tag",
                "/feed.atom?tag=%00",
                "/resource/%00"
            })
    void an_invalid_address_does_no_harm(String path) {
        fill();

        PageClient.Answer answer = reader.get(path);

        assertThat(answer.status()).isIn(200, 400, 404);
        assertThat(answer.page().select("script:not([src]), [onclick]")).isEmpty();
    }

    @Test
    void search_engines_index_the_whole_list_but_no_searches() {
        fill();
        running.publishMany(20);

        assertThat(canonical("/search")).isEqualTo("/search");
        assertThat(canonical("/search?page=2&x=1")).isEqualTo("/search?page=2");
        assertThat(canonical("/search?source=here&page=2&language=en")).isEqualTo("/search?page=2");
        assertThat(canonical("/search?tag=nurses&q=nets")).isEqualTo("/search?q=nets");
        for (String kept : List.of("/search", "/search?page=2")) {
            assertThat(reader.get(kept).page().select("meta[name=robots]"))
                    .as(kept)
                    .isEmpty();
        }
        for (String left :
                List.of("/search?q=nets", "/search?tag=nurses", "/search?language=en", "/search?source=here")) {
            assertThat(reader.get(left).page().select("meta[name=robots]").eachAttr("content"))
                    .as(left)
                    .containsExactly("noindex");
        }
    }

    private String canonical(String path) {
        return reader.get(path)
                .page()
                .select("link[rel=canonical]")
                .attr("href")
                .replace(running.address(), "");
    }

    @Test
    void a_tag_has_a_page_with_its_resources() {
        fill();

        Document page = reader.get("/tag/malaria").page();

        assertThat(page.select("h1").text()).isEqualTo("Malaria");
        assertThat(page.text()).contains("Health Domain");
        assertThat(titles(page)).containsExactlyInAnyOrder("Nets against malaria", "Malaria tests");
        assertThat(page.select("link[rel=canonical]").attr("href")).isEqualTo(running.address() + "/tag/malaria");
    }

    @Test
    void a_tag_of_unpublished_resources_only_is_not_public() {
        running.library()
                .storage()
                .resources()
                .save(Resource.create(
                        Guid.random(),
                        ReaderContent.titled("Unread").tags(List.of(MALARIA)).build(),
                        RunningLibrary.REVIEWER,
                        running.library().clock().instant()));

        assertThat(reader.get("/tag/malaria").status()).isEqualTo(404);
        assertThat(reader.get("/").page().text()).doesNotContain("Malaria");
    }

    @Test
    void hostile_content_is_shown_as_text() {
        ReaderContent.publish(running, ReaderContent.hostile());
        ReaderContent.publish(running, ReaderContent.titled("W".repeat(1_000)));

        for (String path : List.of("/", "/search", "/search?q=hostile")) {
            PageClient.Answer answer = reader.get(path);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.page()
                            .select("script:not([src]), [onerror], [onclick], [onload], iframe, a[href^=javascript]"))
                    .as(path)
                    .isEmpty();
            assertThat(answer.page().text()).contains("Hostile <script>alert(1)</script>");
        }
    }

    @Test
    void a_page_is_in_the_readers_language_and_declares_the_language_of_each_text() {
        ReaderContent.publish(running, ReaderContent.titled("x").title(LocalizedText.of("ar", "التعايش مع السكري")));

        Document page = new PageClient(running.address(), "fr").get("/").page();

        assertThat(page.select("html").attr("lang")).isEqualTo("fr");
        assertThat(page.select(".found h3").attr("lang")).isEqualTo("ar");
        assertThat(page.select(".found h3").attr("dir")).isEqualTo("rtl");
        assertThat(page.text()).contains("Dernières ressources");
    }

    @Test
    void a_page_with_all_entries_is_small() {
        for (int i = 0; i < 20; i++) {
            ReaderContent.publish(
                    running,
                    ReaderContent.titled("Resource " + i)
                            .description(ReaderContent.english("<p>" + "word ".repeat(2_000) + "</p>"))
                            .tags(IntStream.range(0, 10)
                                    .mapToObj(tag -> Tag.of("Category " + tag % 5, "Tag number " + tag))
                                    .toList()));
        }

        assertThat(reader.get("/search?q=word").response().body().length()).isLessThan(50_000);
        assertThat(reader.get("/").response().body().length()).isLessThan(50_000);
    }
}
