package org.librarypeers.app.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.sync.contract.SampleAttachment;
import org.xml.sax.InputSource;

/**
 * Tests of the language in which a resource is shown if it lacks the reader's own. Title and description use the same
 * one.
 */
class ReadingTest {

    private static final ResourceContent.Builder WASHING = ResourceContent.titled(
                    new LocalizedText(Map.of("en", "Washing hands", "es", "Lavado", "fr", "Lavage des mains")))
            .description(new LocalizedText(Map.of("en", "<p>&nbsp;</p>", "fr", "<p>Avec du savon.</p>")));

    private static RunningLibrary running;

    @BeforeAll
    static void start() {
        running = RunningLibrary.start();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @AfterEach
    void empty() {
        running.removeResources();
    }

    private static Resource publish(ResourceContent content) {
        return running.publish(Guid.random(), content);
    }

    @Test
    void a_page_and_a_list_show_the_first_language_that_has_title_and_description() {
        Resource washing = publish(WASHING.build());
        PageClient english = new PageClient(running.address(), "en");

        Document page = english.get("/resource/" + washing.slug()).page();
        assertThat(page.select("h1").text()).isEqualTo("Lavage des mains");
        assertThat(page.select("h1").attr("lang")).isEqualTo("fr");
        assertThat(page.select(".prose").text()).isEqualTo("Avec du savon.");
        assertThat(page.select(".prose").attr("lang")).isEqualTo("fr");

        for (String list : new String[] {"/", "/search", "/search?q=savon"}) {
            Element found = english.get(list).page().select(".found").first();
            assertThat(found.select("h3").text()).isEqualTo("Lavage des mains");
            assertThat(found.select("h3").attr("lang")).isEqualTo("fr");
            assertThat(found.select("p[lang]").text()).isEqualTo("Avec du savon.");
            assertThat(found.select("p[lang]").attr("lang")).isEqualTo("fr");
        }
    }

    @Test
    void if_no_language_has_both_each_text_has_its_own_language() {
        Resource water = publish(ResourceContent.titled(LocalizedText.of("sw", "Maji salama"))
                .description(LocalizedText.of("ar", "<p>ماء</p>"))
                .build());

        Document page = new PageClient(running.address(), "en")
                .get("/resource/" + water.slug())
                .page();

        assertThat(page.select("h1").text()).isEqualTo("Maji salama");
        assertThat(page.select("h1").attr("lang")).isEqualTo("sw");
        assertThat(page.select(".prose").attr("lang")).isEqualTo("ar");
        assertThat(page.select(".prose").attr("dir")).isEqualTo("rtl");
    }

    @Test
    void feeds_show_title_and_summary_in_one_language() throws Exception {
        publish(WASHING.build());

        for (String feed : new String[] {"/feed.atom", "/feed.atom?language=es"}) {
            org.w3c.dom.Element entry = first(feed, "entry");
            assertThat(text(entry, "title")).isEqualTo("Lavage des mains");
            assertThat(text(entry, "summary")).isEqualTo("Avec du savon.");
            assertThat(entry.getAttribute("xml:lang")).isEqualTo("fr");
        }
        org.w3c.dom.Element item = first("/feed.rss", "item");
        assertThat(text(item, "title")).isEqualTo("Lavage des mains");
        assertThat(text(item, "description")).contains("Avec du savon.");
    }

    private static org.w3c.dom.Element first(String feed, String element) throws Exception {
        String xml = running.get(feed, "Accept-Language", "en").body();
        return (org.w3c.dom.Element) DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)))
                .getElementsByTagName(element)
                .item(0);
    }

    private static String text(org.w3c.dom.Element parent, String name) {
        return parent.getElementsByTagName(name).item(0).getTextContent();
    }

    @Test
    void the_api_answers_in_one_language_and_leaves_out_the_first_one() throws Exception {
        publish(WASHING.build());

        String body = running.get("/api/v1/resource/", "Authorization", running.authorization(RunningLibrary.READER))
                .body();

        assertThat(body)
                .contains("\"title\": \"Lavage des mains\"", "\"description\": \"<p>Avec du savon.</p>\"")
                .contains("\"title_fr\": \"Lavage des mains\"", "\"title_es\": \"Lavado\"")
                .doesNotContain("title_en", "description_en");
    }

    @Test
    void editing_one_language_keeps_the_texts_in_others() {
        LocalizedText french = LocalizedText.of("fr", "Lavage");
        Resource washing = publish(ResourceContent.titled(french)
                .description(french)
                .attribution(french)
                .attachments(
                        AttachmentKind.LINK,
                        List.of(SampleAttachment.link("https://example.org/")
                                .title(french)
                                .description(french)
                                .build()))
                .build());
        PageClient reviewer = new PageClient(running.address(), "en");
        reviewer.signIn(RunningLibrary.REVIEWER.value(), "a reviewer's password");
        String path = "/resources/" + washing.guid() + "/edit";

        PageClient.Answer answer = reviewer.submit(
                reviewer.get(path + "?language=en").page(), "form[enctype]", "title", "Washing", "description", "Soap");

        ResourceContent saved = running.library()
                .storage()
                .resources()
                .find(washing.guid())
                .orElseThrow()
                .content();
        assertThat(answer.status()).isIn(200, 303);
        assertThat(saved.title()).isEqualTo(french.with("en", "Washing"));
        assertThat(saved.description().in("fr")).contains("Lavage");
        assertThat(saved.attribution()).isEqualTo(french);
        assertThat(saved.attachments(AttachmentKind.LINK).get(0).title()).isEqualTo(french);
        assertThat(saved.attachments(AttachmentKind.LINK).get(0).description()).isEqualTo(french);
    }
}
