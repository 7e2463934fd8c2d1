package org.librarypeers.oai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.Charset;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.domain.DublinCoreMapping.Element;
import org.librarypeers.domain.QuarantineReason;

/** Tests of reading answers, good ones and broken ones. */
class PageReaderTest {

    private static final String TITLE = "<dc:title xmlns:dc=\"http://purl.org/dc/elements/1.1/\">%s</dc:title>";

    private static OaiPage read(String xml) throws AnswerException {
        return read(xml.getBytes(UTF_8), "text/xml");
    }

    private static OaiPage read(byte[] body, String type) throws AnswerException {
        return PageReader.read(new AnswerBody(body, type, null));
    }

    private static String page(String content) {
        return "<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\">" + content + "</OAI-PMH>";
    }

    private static String list(String... records) {
        return page("<ListRecords>" + String.join("\n", records) + "</ListRecords>");
    }

    private static String header(int number) {
        return "<header><identifier> oai:a:" + number + " </identifier><datestamp>2026-01-0" + number
                + "</datestamp></header>";
    }

    private static String record(int number, String metadata) {
        return "<record>" + header(number) + "<metadata>" + metadata + "</metadata></record>";
    }

    private static String good(int number) {
        return record(number, TITLE.formatted("Title " + number));
    }

    private static String problem(String body) {
        return catchThrowableOfType(AnswerException.class, () -> read(body)).getMessage();
    }

    @Nested
    class An_answer {

        @Test
        void has_its_time_or_that_of_the_header() throws AnswerException {
            Instant date = Instant.parse("2026-05-04T12:00:00Z");
            AnswerBody silent = new AnswerBody(page("").getBytes(UTF_8), "", date);
            AnswerBody stated = new AnswerBody(
                    page("<responseDate>2026-05-04T11:00:00Z</responseDate>").getBytes(UTF_8), "", date);

            assertThat(PageReader.read(silent).answered()).isEqualTo(date);
            assertThat(PageReader.read(stated).answered()).isEqualTo(Instant.parse("2026-05-04T11:00:00Z"));
        }

        @Test
        void has_errors_with_code_and_text() throws AnswerException {
            OaiPage page = read(page("<error code=\" badVerb \"> No such verb. </error><error>Odd</error>"));

            assertThat(page.errors())
                    .containsExactly(
                            new OaiPage.ProtocolError("badVerb", "No such verb."),
                            new OaiPage.ProtocolError("", "Odd"));
            assertThat(page.error("badVerb")).isPresent();
            assertThat(page.error("badArgument")).isEmpty();
        }

        @Test
        void describes_the_repository() throws AnswerException {
            OaiPage page =
                    read(page("<Identify><protocolVersion> 2.0 </protocolVersion><granularity>YYYY-MM-DDThh:mm:ssZ"
                            + "</granularity><deletedRecord> transient </deletedRecord></Identify>"));

            assertThat(page.identity()).isEqualTo(new OaiPage.Identity("2.0", Granularity.SECOND, true));
            assertThat(read(page("<Identify/>")).identity())
                    .isEqualTo(new OaiPage.Identity("", Granularity.DAY, false));
            assertThat(read(page("<Identify><deletedRecord>NO</deletedRecord></Identify>"))
                            .identity()
                            .keepsDeletions())
                    .isFalse();
        }

        @Test
        void lists_headers_and_deleted_records() throws AnswerException {
            OaiPage page = read(page("<ListIdentifiers>" + header(1)
                    + "<header status=\"deleted\"><identifier>oai:a:2</identifier></header></ListIdentifiers>"));

            assertThat(page.records())
                    .containsExactly(
                            new OaiRecord("oai:a:1", "2026-01-01", false, List.of(), null),
                            new OaiRecord("oai:a:2", "", true, List.of(), null));
        }

        @ParameterizedTest
        @CsvSource({"12, 12", "' 7 ', 7", "many, -1", "'', -1", "1234567890, -1"})
        void continues_with_its_token_and_states_its_size(String stated, int size) throws AnswerException {
            OaiPage page = read(page("<ListRecords><resumptionToken completeListSize=\"" + stated
                    + "\"> a b </resumptionToken></ListRecords>"));

            assertThat(page.token()).isEqualTo("a b");
            assertThat(page.size()).isEqualTo(size);
        }

        @Test
        void ends_the_list_with_an_empty_token_or_none() throws AnswerException {
            assertThat(read(page("<ListRecords><resumptionToken> </resumptionToken></ListRecords>"))
                            .token())
                    .isNull();
            assertThat(read(list(good(1))).token()).isNull();
            assertThat(read(list(good(1))).size()).isEqualTo(-1);
        }

        @Test
        void has_dublin_core_at_any_depth_with_languages_and_refinements() throws AnswerException {
            OaiRecord record = read(list(record(
                            1,
                            "<title>of another format</title><x xmlns=\"urn:x\"><y><title xml:lang=\"fr\">Eau<![CDATA[ & air]]></title></y>"
                                    + "<abstract>About</abstract><unknown>?</unknown><creator>WHO</creator></x>")))
                    .records()
                    .get(0);

            assertThat(record.values())
                    .containsExactly(
                            new DublinCoreValue(Element.TITLE, "fr", "Eau & air"),
                            new DublinCoreValue(Element.DESCRIPTION, null, "About"),
                            new DublinCoreValue(Element.CREATOR, null, "WHO"));
        }

        @Test
        void is_read_without_namespaces_and_with_prefixes() throws AnswerException {
            OaiPage page = read(
                    "<o:OAI-PMH xmlns:o=\"http://www.openarchives.org/OAI/2.0/\"><o:ListRecords><o:record>"
                            + "<o:header><o:identifier>oai:a:1</o:identifier></o:header></o:record></o:ListRecords></o:OAI-PMH>");

            assertThat(page.records()).extracting(OaiRecord::identifier).containsExactly("oai:a:1");
            assertThat(read("<OAI-PMH><ListRecords><record><metadata><title>A</title></metadata></record>"
                                    + "</ListRecords></OAI-PMH>")
                            .records()
                            .get(0)
                            .values())
                    .containsExactly(new DublinCoreValue(Element.TITLE, null, "A"));
        }
    }

    @Nested
    class A_character_set {

        private static String titled(byte[] body, String type) throws AnswerException {
            return read(body, type).records().get(0).values().get(0).text();
        }

        private static byte[] bytes(String before, Charset charset) {
            return (before + list(record(1, TITLE.formatted("Größe")))).getBytes(charset);
        }

        private static String declaring(String name) {
            return "<?xml version=\"1.0\" encoding=\"" + name + "\"?>";
        }

        @Test
        void is_that_of_the_byte_order_mark() throws AnswerException {
            assertThat(titled(bytes("\uFEFF", UTF_8), "text/xml; charset=latin1"))
                    .isEqualTo("Größe");
            assertThat(titled(bytes("\uFEFF", UTF_16BE), "")).isEqualTo("Größe");
            assertThat(titled(bytes("\uFEFF", UTF_16LE), "")).isEqualTo("Größe");
        }

        @Test
        void is_the_declared_one_or_that_of_the_content_type_or_utf_8() throws AnswerException {
            assertThat(titled(bytes(declaring("ISO-8859-1"), ISO_8859_1), "text/xml; charset=utf-8"))
                    .isEqualTo("Größe");
            assertThat(titled(bytes("", ISO_8859_1), "text/xml; Charset=\"iso-8859-1\""))
                    .isEqualTo("Größe");
            assertThat(titled(bytes("", UTF_8), "text/xml")).isEqualTo("Größe");
        }

        @ParameterizedTest
        @ValueSource(strings = {"utf-7-of-mine", "-", "UTF-16", "UTF-32"})
        void that_is_unknown_or_cannot_be_is_utf_8(String declared) throws AnswerException {
            assertThat(titled(bytes("", UTF_8), "text/xml; charset=" + declared))
                    .isEqualTo("Größe");
        }

        @Test
        void costs_only_the_records_with_other_bytes() throws AnswerException {
            byte[] body = list(record(1, TITLE.formatted("Größe")), good(2)).getBytes(ISO_8859_1);

            List<OaiRecord> records = read(body, "").records();

            assertThat(records.get(0).unreadable().reason().detail()).contains("not text in the character set");
            assertThat(records.get(0).identifier()).isEqualTo("oai:a:1");
            assertThat(records.get(1).values()).hasSize(1);
        }
    }

    @Nested
    class Another_body {

        @ParameterizedTest
        @CsvSource({
            "'<!DOCTYPE html><p>Maintenance', a web page",
            "' <html lang=\"en\"></html>', a web page",
            "'<?xml version=\"1.0\"?> <html></html>', a web page",
            "'', an empty body",
            "' ', an empty body",
            "busy, a body that is not XML"
        })
        void is_named(String body, String name) {
            assertThat(problem(body)).isEqualTo(name);
        }

        @Test
        void is_named_by_its_root() {
            assertThat(problem("<rss></rss>"))
                    .isEqualTo("XML that cannot be read (the root element is rss and not OAI-PMH)");
            assertThat(problem("<" + "x".repeat(99) + "></" + "x".repeat(99) + ">"))
                    .contains("is " + "x".repeat(60) + " and");
        }

        @Test
        void that_was_cut_off_is_not_read_in_part() {
            String whole = list(good(1), good(2));

            assertThat(problem(whole.substring(0, whole.length() - 30))).startsWith("XML that cannot be read (");
            assertThat(problem(whole.substring(0, whole.length() - 10))).startsWith("XML that cannot be read (");
            assertThat(problem("<OAI-PMH>")).startsWith("XML that cannot be read (");
            assertThat(problem(whole + "<more/>"))
                    .startsWith("XML that cannot be read (")
                    .doesNotContain("\n", "ParseError");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "<!DOCTYPE OAI-PMH [<!ENTITY x \"y\">]><OAI-PMH><error>&x;</error></OAI-PMH>",
                    "<!DOCTYPE OAI-PMH SYSTEM \"http://localhost:9/x.dtd\"><OAI-PMH></OAI-PMH>",
                    "<OAI-PMH><error>&x;</error></OAI-PMH>"
                })
        void with_a_document_type_or_an_entity_is_not_read(String body) {
            assertThat(problem(body)).startsWith("XML that cannot be read (");
        }
    }

    @Nested
    class A_bad_record {

        private static OaiRecord bad(String record) throws AnswerException {
            List<OaiRecord> records =
                    read(list(good(1), record, good(3)) + " \n").records();
            assertThat(records.get(0).unreadable()).isNull();
            assertThat(records.get(0).values()).hasSize(1);
            assertThat(records.get(2).identifier()).isEqualTo("oai:a:3");
            assertThat(records.get(2).values()).hasSize(1);
            return records.get(1);
        }

        @Test
        void costs_only_itself() throws AnswerException {
            OaiRecord bad = bad(record(
                    2,
                    TITLE.formatted("Water & air")
                            + "<dc:identifier> urn:uuid:4a1e0000-0000-4000-8000-000000000001 </dc:identifier>"));

            assertThat(bad.identifier()).isEqualTo("oai:a:2");
            assertThat(bad.datestamp()).isEqualTo("2026-01-02");
            assertThat(bad.deleted()).isFalse();
            assertThat(bad.values())
                    .containsExactly(new DublinCoreValue(
                            Element.IDENTIFIER, null, "urn:uuid:4a1e0000-0000-4000-8000-000000000001"));
            assertThat(bad.unreadable().reason().kind()).isEqualTo(QuarantineReason.Kind.UNREADABLE);
            assertThat(bad.unreadable().reason().detail()).contains("not well-formed");
        }

        @Test
        void that_was_deleted_stays_deleted() throws AnswerException {
            OaiRecord bad =
                    bad("<record><header status=\"deleted\"><identifier>oai:a:2</identifier></header><about>&</about>"
                            + "</record>");

            assertThat(bad).isEqualTo(new OaiRecord("oai:a:2", "", true, List.of(), null));
        }

        @Test
        void has_no_header_if_it_cannot_be_recognized() throws AnswerException {
            OaiRecord bad = bad("<record><metadata>&</metadata></record>");

            assertThat(bad.identifier()).isEmpty();
            assertThat(bad.datestamp()).isEmpty();
        }

        @Test
        void may_be_too_deep_or_too_large() throws AnswerException {
            OaiRecord deep = bad(record(2, "<a>".repeat(61) + "</a>".repeat(61)));
            assertThat(deep.unreadable().reason().kind()).isEqualTo(QuarantineReason.Kind.TOO_LARGE);
            assertThat(deep.unreadable().reason().detail()).contains("elements within more than 64 others");
            assertThat(read(list(record(1, "<a>".repeat(60) + "</a>".repeat(60)), "<record>&</record>"))
                            .records()
                            .get(0)
                            .unreadable())
                    .isNull();

            OaiRecord large = bad(record(2, "&" + "<a/>".repeat(5_000)));
            assertThat(large.unreadable().reason().kind()).isEqualTo(QuarantineReason.Kind.UNREADABLE);
            assertThat(read(list(record(1, "<a/>".repeat(5_000)), "<record>&</record>"))
                            .records()
                            .get(0)
                            .unreadable()
                            .reason()
                            .detail())
                    .contains("more than 5,000 elements");
        }

        @Test
        void may_have_a_text_that_is_too_long() throws AnswerException {
            String text = "x".repeat(400_000);

            assertThat(bad(record(2, TITLE.formatted(text + "x")))
                            .unreadable()
                            .reason()
                            .detail())
                    .contains("more than 400,000 characters");
            assertThat(read(list(record(1, TITLE.formatted(text))))
                            .records()
                            .get(0)
                            .values()
                            .get(0)
                            .text())
                    .hasSize(400_000);
        }

        @Test
        void may_have_a_prefix_and_attributes() throws AnswerException {
            OaiPage page = read("<o:OAI-PMH xmlns:o=\"http://www.openarchives.org/OAI/2.0/\"><o:ListRecords>"
                    + "<o:record id=\"1\"><o:header><o:identifier>oai:a:1</o:identifier></o:header>&</o:record>"
                    + "<o:record id=\"2\"><o:header><o:identifier>oai:a:2</o:identifier></o:header></o:record>"
                    + "<o:resumptionToken>t</o:resumptionToken></o:ListRecords></o:OAI-PMH>");

            assertThat(page.records()).extracting(OaiRecord::identifier).containsExactly("oai:a:1", "oai:a:2");
            assertThat(page.records())
                    .extracting(each -> each.unreadable() == null)
                    .containsExactly(false, true);
            assertThat(page.token()).isEqualTo("t");
        }

        @Test
        void does_not_take_the_next_one_with_it_if_it_is_empty() throws AnswerException {
            List<OaiRecord> records =
                    read(list("<record />", good(1), "<record>&</record>")).records();

            assertThat(records).extracting(OaiRecord::identifier).contains("oai:a:1");
        }

        @Test
        void on_a_page_that_is_broken_elsewhere_is_not_read() {
            assertThat(problem(page("<ListRecords>" + good(1) + "&</ListRecords>")))
                    .startsWith("XML that cannot be read (");
        }
    }

    @Test
    void elements_are_counted() {
        assertThatThrownBy(() -> {
                    BoundedXml xml = new BoundedXml("<a><b/><b/></a>", 2);
                    xml.toRoot();
                    xml.toEnd();
                })
                .isInstanceOf(BoundedXml.TooLargeException.class)
                .hasMessageContaining("more than 2 elements");
    }
}
