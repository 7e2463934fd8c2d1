package org.librarypeers.app.oai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.app.oai.OaiAnswers.DC;
import static org.librarypeers.app.oai.OaiAnswers.OAI;
import static org.librarypeers.app.oai.OaiAnswers.all;
import static org.librarypeers.app.oai.OaiAnswers.error;
import static org.librarypeers.app.oai.OaiAnswers.guids;
import static org.librarypeers.app.oai.OaiAnswers.text;
import static org.librarypeers.app.oai.OaiAnswers.texts;
import static org.librarypeers.app.oai.OaiAnswers.token;

import java.net.http.HttpRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.config.Settings;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.contract.Samples;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Tests of the verbs, their arguments and errors. */
class OaiProviderTest {

    private static RunningLibrary running;
    private static OaiAnswers oai;

    @BeforeAll
    static void start() {
        running = RunningLibrary.start(settings -> settings.with(Settings.CONTACT, "asha@library.example"));
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

    private static String identifier(Guid guid) {
        return "oai:" + running.library().storage().id() + ":" + guid;
    }

    private static Resource archived(String title) {
        Resource published = running.publish(title);
        running.library()
                .storage()
                .resources()
                .save(published.archive(running.library().clock().instant()));
        return published;
    }

    private static Resource pending() {
        Resource pending = Samples.local("Pending");
        running.library().storage().resources().save(pending);
        return pending;
    }

    @Test
    void identify_describes_the_library() throws Exception {
        Document answer = oai.get("verb", "Identify");

        assertThat(text(answer, "repositoryName")).isEqualTo("Test library");
        assertThat(text(answer, "baseURL")).isEqualTo(running.address() + "/oai");
        assertThat(text(answer, "protocolVersion")).isEqualTo("2.0");
        assertThat(text(answer, "adminEmail")).isEqualTo("asha@library.example");
        assertThat(text(answer, "deletedRecord")).isEqualTo("persistent");
        assertThat(text(answer, "granularity")).isEqualTo("YYYY-MM-DDThh:mm:ssZ");
        assertThat(Instant.parse(text(answer, "earliestDatestamp"))).isBeforeOrEqualTo(Instant.now());
        Element request = all(answer, OAI, "request").get(0);
        assertThat(request.getAttribute("verb")).isEqualTo("Identify");
        assertThat(request.getTextContent()).isEqualTo(running.address() + "/oai");
    }

    @Test
    void both_methods_have_the_same_arguments() throws Exception {
        Resource resource = running.publish("Clean hands");
        String[] arguments = {"verb", "GetRecord", "identifier", identifier(resource.guid()), "metadataPrefix", "oai_dc"
        };

        assertThat(texts(oai.post(arguments), DC, "title")).containsExactly("Clean hands");
        assertThat(texts(oai.get(arguments), DC, "title")).containsExactly("Clean hands");
        assertThat(error(OaiAnswers.read(running.send(
                        "POST",
                        "/oai?verb=Identify",
                        HttpRequest.BodyPublishers.ofString(""),
                        "Content-Type",
                        "application/x-www-form-urlencoded"))))
                .isEqualTo("badVerb");
    }

    @Test
    void the_formats_are_dublin_core_and_learning_object_metadata() throws Exception {
        Resource resource = running.publish("Clean hands");

        assertThat(texts(oai.get("verb", "ListMetadataFormats"), OAI, "metadataPrefix"))
                .containsExactly("oai_dc", "lom");
        assertThat(texts(
                        oai.get("verb", "ListMetadataFormats", "identifier", identifier(resource.guid())),
                        OAI,
                        "metadataNamespace"))
                .containsExactly("http://www.openarchives.org/OAI/2.0/oai_dc/", "http://ltsc.ieee.org/xsd/LOM");
        assertThat(error(oai.get("verb", "ListMetadataFormats", "identifier", identifier(Guid.random()))))
                .isEqualTo("idDoesNotExist");
        assertThat(error(oai.get(
                        "verb",
                        "ListMetadataFormats",
                        "identifier",
                        identifier(archived("Gone").guid()))))
                .isEqualTo("noMetadataFormats");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GetRecord", "ListRecords", "ListIdentifiers"})
    void what_is_not_public_is_nowhere(String verb) throws Exception {
        Resource pending = pending();
        Document answer = verb.equals("GetRecord")
                ? oai.get("verb", verb, "metadataPrefix", "oai_dc", "identifier", identifier(pending.guid()))
                : oai.get("verb", verb, "metadataPrefix", "oai_dc");

        assertThat(error(answer)).isEqualTo(verb.equals("GetRecord") ? "idDoesNotExist" : "noRecordsMatch");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | badVerb",
                "verb= | badVerb",
                "verb=identify | badVerb",
                "verb=Nonsense%00%3C | badVerb",
                "verb=Identify&verb=Identify | badVerb",
                "metadataPrefix=oai_dc | badVerb",
                "verb=Identify&from=2026-01-01 | badArgument",
                "verb=Identify&nonsense= | badArgument",
                "verb=Identify&resumptionToken=x | badArgument",
                "verb=GetRecord | badArgument",
                "verb=GetRecord&identifier=x | badArgument",
                "verb=GetRecord&metadataPrefix=oai_dc | badArgument",
                "verb=GetRecord&identifier=x&identifier=x&metadataPrefix=oai_dc | badArgument",
                "verb=GetRecord&identifier=x&metadataPrefix=marc21 | cannotDisseminateFormat",
                "verb=GetRecord&identifier=x&metadataPrefix=a%20b | badArgument",
                "verb=GetRecord&identifier=oai:x:y&metadataPrefix=oai_dc | idDoesNotExist",
                "verb=GetRecord&identifier=&metadataPrefix=oai_dc | idDoesNotExist",
                "verb=GetRecord&identifier=%01%EF%BF%BE%22&metadataPrefix=oai_dc | idDoesNotExist",
                "verb=ListRecords | badArgument",
                "verb=ListRecords&metadataPrefix= | badArgument",
                "verb=ListRecords&metadataPrefix=marc21 | cannotDisseminateFormat",
                "verb=ListRecords&metadataPrefix=oai_dc&until=1990-01-01 | noRecordsMatch",
                "verb=ListRecords&metadataPrefix=oai_dc&from=9999-01-01 | noRecordsMatch",
                "verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01&until=2025-01-01 | badArgument",
                "verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01&until=2026-01-01T00:00:00Z | badArgument",
                "verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-30 | badArgument",
                "verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01T00:00:00 | badArgument",
                "verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01T00:00:00.5Z | badArgument",
                "verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01T25:00:00Z | badArgument",
                "verb=ListRecords&metadataPrefix=oai_dc&from= | badArgument",
                "verb=ListRecords&metadataPrefix=oai_dc&set= | badArgument",
                "verb=ListRecords&metadataPrefix=oai_dc&set=a%20b | badArgument",
                "verb=ListRecords&metadataPrefix=oai_dc&set=nonsense | noRecordsMatch",
                "verb=ListRecords&metadataPrefix=oai_dc&set=tag:~zz | noRecordsMatch",
                "verb=ListRecords&metadataPrefix=oai_dc&set=tag:a:b | noRecordsMatch",
                "verb=ListRecords&metadataPrefix=oai_dc&set=language:9 | noRecordsMatch",
                "verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=x | badArgument",
                "verb=ListRecords&resumptionToken= | badResumptionToken",
                "verb=ListRecords&resumptionToken=x | badResumptionToken",
                "verb=ListSets&resumptionToken=x | badResumptionToken",
                "verb=ListSets&set=x | badArgument"
            })
    void an_error_has_its_code_and_repeats_only_valid_arguments(String query, String code) throws Exception {
        running.publish("Clean hands");

        Document answer = OaiAnswers.read(running.get("/oai?" + query));

        assertThat(error(answer)).isEqualTo(code);
        assertThat(all(answer, OAI, "request").get(0).getAttributes().getLength() > 0)
                .isEqualTo(!code.equals("badVerb") && !code.equals("badArgument"));
    }

    @Test
    void a_deleted_resource_keeps_its_header() throws Exception {
        Resource gone = archived("Gone");

        for (String verb : List.of("ListRecords", "ListIdentifiers")) {
            Document answer = oai.get("verb", verb, "metadataPrefix", "lom");
            assertThat(all(answer, OAI, "header").get(0).getAttribute("status")).isEqualTo("deleted");
            assertThat(text(answer, "identifier")).isEqualTo(identifier(gone.guid()));
            assertThat(all(answer, OAI, "metadata")).isEmpty();
        }
        Document record =
                oai.get("verb", "GetRecord", "metadataPrefix", "oai_dc", "identifier", identifier(gone.guid()));
        assertThat(all(record, OAI, "header").get(0).getAttribute("status")).isEqualTo("deleted");
        assertThat(record.getDocumentElement().getTextContent()).doesNotContain("Gone");

        Resource stored =
                running.library().storage().resources().find(gone.guid()).orElseThrow();
        running.library()
                .storage()
                .resources()
                .save(stored.approve(running.library().clock().instant()));
        Document back = oai.get("verb", "ListRecords", "metadataPrefix", "oai_dc");
        assertThat(texts(back, DC, "title")).containsExactly("Gone");
        assertThat(all(back, OAI, "header").get(0).hasAttribute("status")).isFalse();
    }

    @Test
    void a_period_selects_by_the_time_of_publication_here() throws Exception {
        String early = running.publish("Early").guid().toString();
        running.execute("update feed_time set at = at - interval '3 days'");
        Instant between = Instant.now().minus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        String late = running.publish("Late").guid().toString();
        String day = between.toString().substring(0, "2026-01-01".length());

        assertThat(listed("from", between.toString())).containsExactly(late);
        assertThat(listed("until", between.toString())).containsExactly(early);
        assertThat(listed("from", day)).containsExactly(late);
        assertThat(listed("until", day)).containsExactly(early);
        assertThat(listed("from", "2000-01-01", "until", "2900-12-31")).containsExactly(early, late);
        String stamp = texts(oai.get("verb", "ListIdentifiers", "metadataPrefix", "lom"), OAI, "datestamp")
                .get(0);
        assertThat(listed("from", stamp, "until", stamp)).containsExactly(early);
    }

    private static List<String> listed(String... period) throws Exception {
        String[] all = new String[period.length + 2];
        all[0] = "metadataPrefix";
        all[1] = "oai_dc";
        System.arraycopy(period, 0, all, 2, period.length);
        return guids(oai.parts("ListIdentifiers", all));
    }

    @Test
    void sets_are_the_categories_tags_and_languages_of_public_resources() throws Exception {
        String malaria =
                publish("A", Tag.of("Tema de salud: ñ", "Malaria & más")).guid().toString();
        String nurses = publish("B", Tag.of("Audience", "Nurses")).guid().toString();
        running.library()
                .storage()
                .resources()
                .save(Samples.local(Samples.titled("Pending").toBuilder()
                        .tags(List.of(Tag.of("Secret", "Secret")))
                        .build()));

        List<String> sets = texts(oai.get("verb", "ListSets"), OAI, "setSpec");

        assertThat(sets)
                .containsExactly(
                        "language",
                        "category",
                        "tag",
                        "language:en",
                        "category:tema~20de~20salud~3a~20~c3~b1",
                        "category:audience",
                        "tag:malaria-mas",
                        "tag:nurses");
        assertThat(listed("set", "category:tema~20de~20salud~3a~20~c3~b1")).containsExactly(malaria);
        assertThat(listed("set", "tag:nurses")).containsExactly(nurses);
        for (String all : List.of("language", "category", "tag", "language:en")) {
            assertThat(listed("set", all)).containsExactly(malaria, nurses);
        }
        assertThat(texts(oai.get("verb", "ListIdentifiers", "metadataPrefix", "lom"), OAI, "setSpec"))
                .isSubsetOf(sets);
        assertThat(error(oai.get("verb", "ListIdentifiers", "metadataPrefix", "lom", "set", "tag:secret")))
                .isEqualTo("noRecordsMatch");
    }

    private static Resource publish(String title, Tag... tags) {
        return running.publish(
                Guid.random(),
                Samples.titled(title).toBuilder().tags(List.of(tags)).build());
    }

    @Test
    void a_token_is_bound_to_its_verb_and_its_arguments() throws Exception {
        running.publishMany(RecordLists.HEADERS + 1);
        String token =
                token(oai.get("verb", "ListRecords", "metadataPrefix", "lom")).orElseThrow();

        assertThat(error(oai.get("verb", "ListIdentifiers", "resumptionToken", token)))
                .isEqualTo("badResumptionToken");
        assertThat(error(oai.get("verb", "ListSets", "resumptionToken", token))).isEqualTo("badResumptionToken");
        assertThat(error(oai.get("verb", "ListRecords", "resumptionToken", token, "metadataPrefix", "lom")))
                .isEqualTo("badArgument");
        for (String changed : List.of(
                token + "0x",
                token.replace("lom", "marc"),
                token.replace("lom", ""),
                token.replaceFirst(",,", ",99999999999999999999,"),
                token.replaceFirst(",,", ",200,100,"),
                token.replaceFirst(",(\\d+),(\\d+)$", ",0$1,$2"),
                token.replaceFirst(",,,", ",,,nonsense,"))) {
            assertThat(error(oai.get("verb", "ListRecords", "resumptionToken", changed)))
                    .as(changed)
                    .isEqualTo("badResumptionToken");
        }
        assertThat(all(oai.get("verb", "ListRecords", "resumptionToken", token), OAI, "record"))
                .hasSize(RecordLists.RECORDS);
    }
}
