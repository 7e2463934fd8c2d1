package org.librarypeers.app.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Tag;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class FeedPagesTest {

    private static final String HOSTILE = "A\u0001B\u000bC \u001f]]> <b>&amp; \ufffe\uffff\ud83d\ude00 \"'";

    private static RunningLibrary running;

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
    }

    private static Document parse(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).isEqualTo(200);
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(response.body())));
    }

    private static List<Element> all(Document document, String name) {
        NodeList nodes = document.getElementsByTagNameNS("*", name);
        List<Element> all = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            all.add((Element) nodes.item(i));
        }
        return all;
    }

    private static String text(Element element, String name) {
        return element.getElementsByTagNameNS("*", name).item(0).getTextContent();
    }

    @Test
    void the_feed_lists_the_latest_resources() throws Exception {
        Resource resource = ReaderContent.publish(
                running,
                ReaderContent.titled("Clean hands")
                        .description(ReaderContent.english("<p>Wash <b>often</b> &amp; well.</p>"))
                        .tags(List.of(Tag.of("Audience", "Nurses"))));
        ReaderContent.add(running, "Unread", RunningLibrary.REVIEWER);

        HttpResponse<String> response = running.get("/feed.atom");
        Document feed = parse(response);

        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/atom+xml; charset=utf-8");
        assertThat(feed.getDocumentElement().getNamespaceURI()).isEqualTo("http://www.w3.org/2005/Atom");
        assertThat(all(feed, "entry")).hasSize(1);
        Element entry = all(feed, "entry").get(0);
        assertThat(text(entry, "id")).isEqualTo("urn:uuid:" + resource.guid());
        assertThat(text(entry, "title")).isEqualTo("Clean hands");
        assertThat(text(entry, "summary")).isEqualTo("Wash often & well.");
        assertThat(text(entry, "updated")).isEqualTo(resource.updated().toString());
        assertThat(text(entry, "name")).isEqualTo("Test library");
        assertThat(all(feed, "category").get(0).getAttribute("label")).isEqualTo("Nurses");
        assertThat(all(feed, "link").stream().map(link -> link.getAttribute("href")))
                .contains(
                        running.address() + "/",
                        running.address() + "/feed.atom",
                        running.address() + "/resource/clean-hands");
    }

    @Test
    void the_feed_is_also_available_as_rss() throws Exception {
        Resource resource = running.publish("Clean hands");

        Document feed = parse(running.get("/feed.rss"));

        assertThat(feed.getDocumentElement().getAttribute("version")).isEqualTo("2.0");
        Element item = all(feed, "item").get(0);
        assertThat(text(item, "guid")).isEqualTo("urn:uuid:" + resource.guid());
        assertThat(text(item, "link")).isEqualTo(running.address() + "/resource/clean-hands");
        assertThat(text(item, "pubDate")).matches("\\w{3}, \\d{1,2} \\w{3} \\d{4} [0-9:]{8} GMT");
    }

    @Test
    void feeds_contain_the_texts_of_peers_as_text_and_not_as_markup() throws Exception {
        String said = "<img src=x onerror=alert(1)> 5 < 6 & so &lt;on&gt;";
        ReaderContent.publish(
                running,
                ReaderContent.titled("Tea <b>& milk</b>")
                        .description(ReaderContent.english("<p>&lt;img src=x onerror=alert(1)&gt; 5 &lt; 6 &amp; so"
                                + " &amp;lt;on&amp;gt;</p>")));

        Element item = all(parse(running.get("/feed.rss", "Accept-Language", "en")), "item")
                .get(0);
        Element entry = all(parse(running.get("/feed.atom", "Accept-Language", "en")), "entry")
                .get(0);

        assertThat(text(item, "title")).isEqualTo("Tea <b>& milk</b>");
        assertThat(text(item, "description"))
                .isEqualTo("&lt;img src=x onerror=alert(1)&gt; 5 &lt; 6 &amp; so &amp;lt;on&amp;gt;");
        assertThat(org.jsoup.Jsoup.parseBodyFragment(text(item, "description"))
                        .body()
                        .wholeText())
                .isEqualTo(said);
        assertThat(text(entry, "title")).isEqualTo("Tea <b>& milk</b>");
        assertThat(text(entry, "summary")).isEqualTo(said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/feed.atom", "/feed.rss", "/sitemap.xml", "/sitemap/1"})
    void a_feed_with_any_content_can_be_parsed(String path) throws Exception {
        ReaderContent.publish(
                running,
                ReaderContent.titled("Title " + HOSTILE)
                        .description(ReaderContent.english("Said " + HOSTILE))
                        .tags(List.of(Tag.of("Category", "Tag ]]> <x>&\ud83d\ude00"))));
        ReaderContent.publish(running, ReaderContent.hostile());

        Document document = parse(running.get(path, "Accept-Language", "en"));

        if (path.startsWith("/feed")) {
            assertThat(all(document, "title").stream().map(Element::getTextContent))
                    .anyMatch(title -> title.startsWith("Title A") && title.contains("]]> <b>&amp; \ud83d\ude00"));
        }
    }

    @Test
    void a_feed_has_at_most_thirty_entries_and_an_empty_library_has_a_feed_too() throws Exception {
        assertThat(all(parse(running.get("/feed.atom")), "entry")).isEmpty();
        running.publishMany(35);

        assertThat(all(parse(running.get("/feed.atom")), "entry")).hasSize(30);
        assertThat(all(parse(running.get("/sitemap/1")), "lastmod")).hasSize(35);
    }

    @Test
    void a_sitemap_of_several_pages_names_each_resource_once() throws Exception {
        running.publishMany(1_001);

        List<String> pages = locations("/sitemap.xml");

        assertThat(pages)
                .extracting(page -> page.replace(running.address(), ""))
                .containsExactly("/sitemap/1", "/sitemap/2", "/sitemap/3");
        List<String> resources = new ArrayList<>();
        for (String page : pages) {
            locations(page.replace(running.address(), "")).stream()
                    .filter(location -> location.contains("/resource/"))
                    .forEach(resources::add);
        }
        assertThat(resources).hasSize(1_001).doesNotHaveDuplicates();
        assertThat(running.get("/sitemap/4").statusCode()).isEqualTo(404);
    }

    private static List<String> locations(String sitemap) throws Exception {
        return all(parse(running.get(sitemap)), "loc").stream()
                .map(Element::getTextContent)
                .toList();
    }

    @Test
    void a_feed_can_be_limited_to_a_topic_or_a_language() throws Exception {
        ReaderContent.publish(running, ReaderContent.titled("Nets").tags(List.of(Tag.of("Topic", "Malaria"))));
        ReaderContent.publish(
                running,
                ReaderContent.titled("Water")
                        .title(ReaderContent.english("Water").with("es", "Agua")));

        assertThat(all(parse(running.get("/feed.atom?tag=malaria")), "entry"))
                .singleElement()
                .satisfies(entry -> assertThat(text(entry, "title")).isEqualTo("Nets"));
        assertThat(all(parse(running.get("/feed.atom?language=es")), "entry"))
                .singleElement()
                .satisfies(entry -> assertThat(text(entry, "title")).isEqualTo("Agua"));
        assertThat(text(parse(running.get("/feed.atom?language=es")).getDocumentElement(), "title"))
                .endsWith(": Spanish");
        assertThat(running.get("/feed.atom?tag=no-such-tag").statusCode()).isEqualTo(404);
        assertThat(text(parse(running.get("/feed.atom")).getDocumentElement(), "id"))
                .isNotEqualTo(text(parse(running.get("/feed.atom?tag=malaria")).getDocumentElement(), "id"));
    }

    @Test
    void an_unchanged_feed_is_not_sent_again() throws Exception {
        Resource resource = running.publish("Clean hands");
        running.execute("update resource set updated = updated - interval '1 day'");
        HttpResponse<String> first = running.get("/feed.atom");
        String tag = first.headers().firstValue("ETag").orElseThrow();
        String date = first.headers().firstValue("Last-Modified").orElseThrow();

        HttpResponse<String> same = running.get("/feed.atom", "If-None-Match", "\"other\", " + tag);
        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(running.get("/feed.atom", "If-Modified-Since", date).statusCode())
                .isEqualTo(304);

        running.library()
                .storage()
                .resources()
                .save(running.library()
                        .storage()
                        .resources()
                        .find(resource.guid())
                        .orElseThrow()
                        .reject(running.library().clock().instant()));

        assertThat(running.get("/feed.atom", "If-None-Match", tag).statusCode()).isEqualTo(200);
        assertThat(running.get("/feed.atom", "If-Modified-Since", date).statusCode())
                .isEqualTo(200);
    }

    @Test
    void robots_txt_lists_the_rules_and_the_sitemap() throws Exception {
        String robots = running.get("/robots.txt").body();

        assertThat(robots).contains("Disallow: /search", "Sitemap: " + running.address() + "/sitemap.xml");
        assertThat(all(parse(running.get("/sitemap.xml")), "loc").get(0).getTextContent())
                .isEqualTo(running.address() + "/sitemap/1");
    }

    private static List<String> links(Document feed, String relation) {
        return all(feed, "link").stream()
                .filter(link -> link.getAttribute("rel").equals(relation))
                .map(link -> link.getAttribute("href"))
                .toList();
    }

    @Test
    void a_search_is_a_feed_with_pages() throws Exception {
        for (int i = 1; i <= 32; i++) {
            ReaderContent.publish(running, ReaderContent.titled("Malaria, part " + i));
        }
        ReaderContent.publish(running, ReaderContent.titled("Clean hands"));

        Document first = parse(running.get("/feed.atom?q=malaria"));
        String address = running.address() + "/feed.atom?q=malaria";

        assertThat(all(first, "entry")).hasSize(30);
        assertThat(links(first, "self")).containsExactly(address);
        assertThat(links(first, "next")).containsExactly(address + "&page=2");
        assertThat(links(first, "previous")).isEmpty();
        assertThat(links(first, "alternate")).contains(running.address() + "/search?q=malaria");
        Document second = parse(running.get("/feed.atom?q=malaria&page=2"));
        assertThat(all(second, "entry")).hasSize(2);
        assertThat(links(second, "previous")).containsExactly(address);
        assertThat(links(second, "next")).isEmpty();
        assertThat(text(second.getDocumentElement(), "id")).isEqualTo(text(first.getDocumentElement(), "id"));
        assertThat(all(parse(running.get("/feed.atom?q=malaria&type=pdf")), "entry"))
                .isEmpty();
        assertThat(running.get("/feed.atom?q=malaria&page=3").statusCode()).isEqualTo(404);
        assertThat(running.get("/feed.atom?type=nonsense").statusCode()).isEqualTo(404);
        assertThat(running.get("/feed.atom?time=nonsense").statusCode()).isEqualTo(404);
    }
}
