package org.librarypeers.app.oai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.app.oai.OaiAnswers.DC;
import static org.librarypeers.app.oai.OaiAnswers.LOM;
import static org.librarypeers.app.oai.OaiAnswers.OAI;
import static org.librarypeers.app.oai.OaiAnswers.all;
import static org.librarypeers.app.oai.OaiAnswers.guids;
import static org.librarypeers.app.oai.OaiAnswers.text;
import static org.librarypeers.app.oai.OaiAnswers.texts;
import static org.librarypeers.app.oai.OaiAnswers.token;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Year;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.domain.BornOn;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.contract.SampleAttachment;
import org.librarypeers.sync.contract.Samples;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Tests of whole harvests and of what records contain. */
class OaiHarvestTest {

    private static final LocalizedText TITLE = new LocalizedText(
            Map.of("en", "Clean hands <&> \u0001\"'", "ar", "غسل اليدين", "pt-br", "Lavagem das mãos 💧"));

    private static RunningLibrary running;
    private static OaiAnswers oai;

    @BeforeAll
    static void start() {
        running = RunningLibrary.start();
        oai = new OaiAnswers(running);
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @BeforeEach
    void begin() {
        running.removeResources();
    }

    private static void save(Resource resource) {
        running.library().storage().resources().save(resource);
    }

    private static Resource stored(String guid) {
        return running.library().storage().resources().find(Guid.of(guid)).orElseThrow();
    }

    @Test
    void five_thousand_resources_are_harvested_once_each() throws Exception {
        running.publishMany(5_000);

        List<Document> parts = oai.parts("ListRecords", "metadataPrefix", "oai_dc");
        List<Document> headers = oai.parts("ListIdentifiers", "metadataPrefix", "lom");

        assertThat(parts)
                .hasSize(50)
                .allSatisfy(part -> assertThat(all(part, OAI, "record")).hasSize(100));
        assertThat(headers)
                .hasSize(10)
                .allSatisfy(part -> assertThat(all(part, OAI, "header")).hasSize(500));
        List<String> guids = guids(parts);
        assertThat(guids).hasSize(5_000).doesNotHaveDuplicates();
        assertThat(guids(headers)).isEqualTo(guids);
        for (int i = 0; i < parts.size(); i++) {
            Element last = all(parts.get(i), OAI, "resumptionToken").get(0);
            assertThat(last.getAttribute("cursor")).isEqualTo(String.valueOf(100 * i));
            assertThat(last.getTextContent().isEmpty()).isEqualTo(i == parts.size() - 1);
        }
    }

    @Test
    void what_changes_between_two_parts_is_not_lost() throws Exception {
        running.publishMany(350);
        Document part = oai.get("verb", "ListRecords", "metadataPrefix", "oai_dc");
        List<String> before = guids(oai.parts("ListIdentifiers", "metadataPrefix", "oai_dc"));
        Set<String> harvested = new HashSet<>(guids(List.of(part)));

        save(stored(before.get(100))
                .edit(
                        Samples.titled("Changed before it was read"),
                        Samples.AMINA,
                        running.library().clock().instant()));
        save(stored(before.get(99))
                .edit(
                        Samples.titled("Changed where the token points"),
                        Samples.AMINA,
                        running.library().clock().instant()));
        save(stored(before.get(200)).archive(running.library().clock().instant()));
        String added = running.publish("Added meanwhile").guid().toString();
        while (token(part).isPresent()) {
            part = oai.get("verb", "ListRecords", "resumptionToken", token(part).get());
            harvested.addAll(guids(List.of(part)));
        }

        assertThat(harvested).containsAll(before).contains(added);
    }

    @Test
    void a_later_harvest_from_the_time_of_the_answer_misses_nothing() throws Exception {
        running.publish("Harvested");
        Document first = oai.get("verb", "ListRecords", "metadataPrefix", "oai_dc");
        String since = text(first, "responseDate");

        // In the same second, if the machine is quick.
        String added = running.publish("Added").guid().toString();

        assertThat(guids(oai.parts("ListRecords", "metadataPrefix", "oai_dc", "from", since)))
                .contains(added);
    }

    private static Guid publishRich() {
        Guid guid = Guid.random();
        running.publish(
                guid,
                Samples.titled("x").toBuilder()
                        .title(TITLE)
                        .description(LocalizedText.of("en", "<p>Wash <b>often</b>.</p>\r\n<p>]]&gt;</p>"))
                        .attribution(LocalizedText.of("en", "Ministry; of, Health\nMalawi"))
                        .studyTime(new StudyTime(2, StudyTime.Unit.WEEKS))
                        .bornOn(BornOn.in(Year.of(2019)))
                        .tags(List.of(
                                new Tag(
                                        Guid.of("11111111-1111-4111-8111-111111111111"),
                                        "Health topic",
                                        "Hygiene",
                                        LocalizedText.of("fr", "Sujet"),
                                        LocalizedText.of("fr", "Hygiène"),
                                        LocalizedText.empty(),
                                        LocalizedText.empty(),
                                        null),
                                Tag.of("License", "CC BY 4.0")))
                        .attachments(List.of(
                                SampleAttachment.file("/media/resource/" + "a".repeat(64) + "/poster.pdf")
                                        .title(LocalizedText.of("en", "Poster"))
                                        .size(1_234)
                                        .build(),
                                SampleAttachment.link("https://example.org/video?a=b&c=d")
                                        .build()))
                        .build());
        return guid;
    }

    @Test
    void dublin_core_has_every_language_and_every_address() throws Exception {
        Guid guid = publishRich();

        Document answer = oai.get("verb", "ListRecords", "metadataPrefix", "oai_dc");

        assertThat(all(answer, DC, "title"))
                .extracting(title -> title.getAttribute("xml:lang") + " " + title.getTextContent())
                .containsExactly("ar غسل اليدين", "en Clean hands <&> \"'", "pt-br Lavagem das mãos 💧");
        assertThat(texts(answer, DC, "description")).containsExactly("<p>Wash <b>often</b>.</p>\r\n<p>]]&gt;</p>");
        assertThat(texts(answer, DC, "identifier"))
                .containsExactly(
                        "urn:uuid:" + guid,
                        running.address() + "/resource/"
                                + stored(guid.toString()).slug());
        assertThat(texts(answer, DC, "subject"))
                .containsExactlyInAnyOrder("Hygiene", "Hygiène", "Health topic", "Sujet");
        assertThat(texts(answer, DC, "rights")).containsExactly("CC BY 4.0");
        assertThat(texts(answer, DC, "language")).containsExactly("ar", "en", "pt-br");
        assertThat(texts(answer, DC, "date")).containsExactly("2019");
        assertThat(texts(answer, DC, "type")).containsExactlyInAnyOrder("Text", "InteractiveResource");
        assertThat(texts(answer, DC, "format")).containsExactly("application/pdf");
        assertThat(texts(answer, DC, "publisher")).containsExactly("Test library");
        assertThat(texts(answer, DC, "creator")).containsExactly("Ministry; of, Health\nMalawi");
        assertThat(texts(answer, DC, "relation"))
                .containsExactlyInAnyOrder(
                        running.address() + "/media/resource/" + "a".repeat(64) + "/poster.pdf",
                        "https://example.org/video?a=b&c=d");
    }

    @Test
    void learning_object_metadata_has_categories_attachments_and_the_study_time() throws Exception {
        Guid guid = publishRich();

        Document answer = oai.get("verb", "ListRecords", "metadataPrefix", "lom");

        assertThat(texts(answer, LOM, "entry")).contains("urn:uuid:" + guid, "https://example.org/video?a=b&c=d");
        assertThat(texts(answer, LOM, "duration")).containsExactly("P14D");
        assertThat(texts(answer, LOM, "size")).containsExactly("1234");
        assertThat(texts(answer, LOM, "dateTime")).containsExactly("2019");
        assertThat(texts(answer, LOM, "id")).contains("urn:uuid:11111111-1111-4111-8111-111111111111");
        assertThat(texts(answer, LOM, "entity"))
                .first()
                .asString()
                .contains("FN;LANGUAGE=en:Ministry\\; of\\, Health\\nMalawi");
        assertThat(all(answer, LOM, "string"))
                .extracting(string -> string.getAttribute("language") + " " + string.getTextContent())
                .contains("fr Sujet", "en Health topic", "fr Hygiène", "en Hygiene", "en Poster", "en CC BY 4.0");
    }

    @Test
    void hostile_content_makes_a_valid_record() throws Exception {
        running.publish(Guid.random(), Samples.hostile());

        for (String format : List.of("oai_dc", "lom")) {
            assertThat(all(oai.get("verb", "ListRecords", "metadataPrefix", format), OAI, "record"))
                    .hasSize(1);
        }
    }

    @Test
    void an_answer_is_compressed_for_those_who_ask() throws Exception {
        running.publishMany(50);
        HttpResponse<byte[]> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create(running.address() + "/oai?verb=ListRecords&metadataPrefix=oai_dc"))
                                .header("Accept-Encoding", "gzip")
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());

        assertThat(response.headers().firstValue("Content-Encoding")).hasValue("gzip");
        byte[] plain = new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes();
        assertThat(new String(plain, StandardCharsets.UTF_8)).endsWith("</OAI-PMH>");
    }

    @Test
    void many_tags_are_listed_in_parts() throws Exception {
        for (int i = 0; i < 3; i++) {
            int first = i * 400;
            running.publish(
                    Guid.random(),
                    Samples.titled("Many tags").toBuilder()
                            .tags(IntStream.range(first, first + 400)
                                    .mapToObj(n -> Tag.of("Topic", "Tag " + n + " " + UUID.randomUUID()))
                                    .toList())
                            .build());
        }

        List<Document> parts = oai.parts("ListSets");

        assertThat(parts).hasSize(3);
        List<String> sets = parts.stream()
                .flatMap(part -> all(part, OAI, "setSpec").stream())
                .map(Element::getTextContent)
                .toList();
        assertThat(sets).hasSize(3 + 1 + 1 + 1_200).doesNotHaveDuplicates();
    }
}
