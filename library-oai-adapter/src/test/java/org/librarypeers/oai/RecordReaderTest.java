package org.librarypeers.oai;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.BornOn;
import org.librarypeers.domain.DublinCoreMapping;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Remark;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.peer.Fetched;

/** Tests of the mapping of Dublin Core to a resource. */
class RecordReaderTest {

    private static final Guid GUID = Guid.ofTag("resource", "1");
    private static final String FRAME =
            "<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\"><ListRecords><record><header><identifier>oai:a:1"
                    + "</identifier><datestamp>2026-01-02</datestamp></header><metadata><oai_dc:dc"
                    + " xmlns:oai_dc=\"http://www.openarchives.org/OAI/2.0/oai_dc/\""
                    + " xmlns:dc=\"http://purl.org/dc/elements/1.1/\">%s</oai_dc:dc></metadata></record></ListRecords></OAI-PMH>";

    private static Fetched.Body body(DublinCore record, String mapping) {
        return (Fetched.Body) read(record, mapping);
    }

    private static Fetched read(DublinCore record, String mapping) {
        try {
            OaiRecord parsed = PageParser.parse(new BoundedXml(FRAME.formatted(record)))
                    .records()
                    .get(0);
            return RecordReader.read(parsed, DublinCoreMapping.parse(mapping), GUID);
        } catch (javax.xml.stream.XMLStreamException e) {
            throw new AssertionError(e);
        }
    }

    private static ResourceContent content(DublinCore record) {
        return body(record, "").resource().content();
    }

    @Test
    void texts_have_the_language_of_the_value_or_of_the_record_or_of_the_mapping() {
        DublinCore record = DublinCore.titled("Titre")
                .add("title", "es", "Título")
                .add("title", "eng", "Title")
                .add("language", "fre");

        assertThat(content(record).title().texts()).isEqualTo(Map.of("fr", "Titre", "es", "Título", "en", "Title"));
        assertThat(content(DublinCore.titled("Water").add("subject", "French"))
                        .title()
                        .texts())
                .isEqualTo(Map.of("en", "Water"));
        assertThat(body(DublinCore.titled("Wasser"), "texts-in=de")
                        .resource()
                        .content()
                        .title()
                        .texts())
                .isEqualTo(Map.of("de", "Wasser"));
    }

    @Test
    void a_further_title_in_the_same_language_comes_before_the_description() {
        DublinCore record = DublinCore.titled("Water").add("title", "A <guide>").add("description", "About.");

        assertThat(content(record).title().texts()).isEqualTo(Map.of("en", "Water"));
        assertThat(content(record).description().texts())
                .isEqualTo(Map.of("en", "<p>A &lt;guide&gt;</p><p>About.</p>"));
    }

    @Test
    void plain_text_becomes_paragraphs_and_html_stays() {
        DublinCore plain = DublinCore.titled("A").add("description", "1 < 2 & 3\n\n\u2003\n\nSecond");
        DublinCore html = DublinCore.titled("A").add("description", "<p>One</p><script>x()</script>");

        assertThat(content(plain).description().texts())
                .isEqualTo(Map.of("en", "<p>1 &lt; 2 &amp; 3</p><p>Second</p>"));
        assertThat(content(html).description().texts()).isEqualTo(Map.of("en", "<p>One</p><script>x()</script>"));
    }

    @Test
    void creators_and_rights_are_the_credits_once_each() {
        DublinCore record = DublinCore.titled("A")
                .add("creator", "WHO")
                .add("contributor", "WHO")
                .add("rights", "CC BY 4.0");

        assertThat(content(record).attribution().texts()).isEqualTo(Map.of("en", "WHO; CC BY 4.0"));
    }

    @Test
    void a_name_without_a_language_is_in_the_credits_of_each_language() {
        DublinCore record = DublinCore.titled("A")
                .add("language", "ar")
                .add("creator", "en", "Ministry")
                .add("contributor", "WHO")
                .add("rights", "fr", "Libre");

        assertThat(content(record).attribution().texts()).isEqualTo(Map.of("en", "Ministry; WHO", "fr", "WHO; Libre"));
    }

    @Test
    void subjects_types_publishers_and_languages_are_tags() {
        DublinCore record = DublinCore.titled("A")
                .add("subject", "Hand\n washing")
                .add("subject", "x".repeat(Tag.MAX_NAME + 1))
                .add("type", "Video")
                .add("publisher", "Ministry")
                .add("language", "por");

        Fetched.Body read = body(record, "");

        assertThat(read.resource().content().tags())
                .containsExactly(
                        Tag.of("Subject", "Hand washing"),
                        Tag.of("Type", "Video"),
                        Tag.of("Organisation", "Ministry"),
                        Tag.of("Language", "Portuguese"));
        assertThat(read.remarks()).extracting(Remark::kind).containsExactly(Remark.Kind.TAG_LEFT_OUT);
    }

    @Test
    void identifiers_that_are_web_addresses_are_links() {
        DublinCore record = DublinCore.titled("A")
                .add("identifier", "doi:10.1/2")
                .add("identifier", "https://example.org/a?b=1&c=2")
                .add("identifier", "https://example.org/a?b=1&c=2")
                .add("identifier", "https://user:secret@example.org/")
                .add("identifier", "http://example.org/b.pdf");

        Fetched.Body read = body(record, "");

        assertThat(read.resource().content().attachments())
                .extracting(Attachment::url)
                .containsExactly("https://example.org/a?b=1&c=2", "http://example.org/b.pdf");
        assertThat(read.remarks()).singleElement().satisfies(remark -> {
            assertThat(remark.kind()).isEqualTo(Remark.Kind.LINK_LEFT_OUT);
            assertThat(remark.detail()).doesNotContain("secret");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "2019,2019",
        "2019-03,2019-03",
        "2019-03-04,2019-03-04T00:00",
        "2019-03-04T05:06:07Z,2019-03-04T05:06:07",
        "2019-03-04T05:06:07+02:00,2019-03-04T03:06:07",
        "2019-03-04T05:06:07,2019-03-04T05:06:07"
    })
    void the_earliest_date_is_that_of_the_resource(String written, String read) {
        DublinCore record = DublinCore.titled("A")
                .add("date", "2024-01-01")
                .add("date", written)
                .add("date", "last year");

        assertThat(content(record).bornOn()).isEqualTo(BornOn.of(read));
    }

    @Test
    void a_date_that_cannot_be_read_is_remarked() {
        assertThat(body(DublinCore.titled("A").add("date", "c. 1900"), "").remarks())
                .extracting(Remark::kind)
                .isEqualTo(List.of(Remark.Kind.VALUE_NOT_UNDERSTOOD));
    }

    @Test
    void a_mapping_chooses_other_fields() {
        DublinCore record = DublinCore.titled("A")
                .add("subject", "Water")
                .add("coverage", "Malawi")
                .add("rights", "CC BY")
                .add("source", "From a book");

        ResourceContent content = body(
                        record, "subject=nothing; coverage=tag:Geography; rights=nothing; source=description")
                .resource()
                .content();

        assertThat(content.tags()).containsExactly(Tag.of("Geography", "Malawi"));
        assertThat(content.attribution().isEmpty()).isTrue();
        assertThat(content.description().texts()).isEqualTo(Map.of("en", "<p>From a book</p>"));
    }

    @Test
    void a_title_that_is_too_long_is_cut_and_kept_in_the_description() {
        String title = "word ".repeat(400).strip();

        Fetched.Body read = body(DublinCore.titled(title), "");

        assertThat(read.resource().content().title().best(List.of("en"))).hasSizeLessThanOrEqualTo(1_000);
        assertThat(read.resource().content().description().best(List.of("en"))).contains(title);
        assertThat(read.remarks()).extracting(Remark::kind).containsExactly(Remark.Kind.TEXT_CUT);
    }

    @Test
    void a_record_without_a_title_is_unreadable() {
        Fetched read = read(new DublinCore().add("title", " ").add("description", "About."), "");

        assertThat(read).isInstanceOf(Fetched.Unreadable.class);
    }

    @Test
    void a_resource_was_updated_on_the_day_of_the_datestamp() {
        assertThat(body(DublinCore.titled("A"), "").resource().updated()).isEqualTo(LocalDate.of(2026, 1, 2));
    }

    @Test
    void what_is_too_much_is_left_out_with_a_remark() {
        DublinCore record = DublinCore.titled("A").add("identifier", "https://example.org/" + "x".repeat(2_000));
        for (int i = 0; i <= 1_100; i++) {
            record.add("subject", "Subject " + i).add("identifier", "https://example.org/" + i);
        }

        Fetched.Body read = body(record, "");

        assertThat(read.resource().content().tags()).hasSize(ResourceContent.MAX_TAGS);
        assertThat(read.resource().content().attachments())
                .hasSize(100)
                .first()
                .extracting(Attachment::url)
                .isEqualTo("https://example.org/0");
        assertThat(read.remarks())
                .hasSize(50)
                .allSatisfy(remark -> assertThat(remark.kind()).isEqualTo(Remark.Kind.LINK_LEFT_OUT));
        assertThat(read.remarks().get(0).detail()).startsWith("too long, or one too many: https://example.org/xx");
    }

    @Test
    void a_description_that_would_be_too_long_keeps_the_parts_that_fit() {
        String half = "x".repeat(LocalizedText.MAX_LENGTH / 2 - 7);
        DublinCore record = DublinCore.titled("A")
                .add("description", half)
                .add("description", "y".repeat(LocalizedText.MAX_LENGTH / 2))
                .add("description", half)
                .add("description", "fr", "Court");

        Fetched.Body read = body(record, "");

        assertThat(read.resource().content().description().texts())
                .isEqualTo(Map.of("en", "<p>" + half + "</p><p>" + half + "</p>", "fr", "<p>Court</p>"));
        assertThat(read.remarks()).extracting(Remark::kind).containsExactly(Remark.Kind.TEXT_LEFT_OUT);
    }

    @Test
    void links_have_a_host_and_no_password() {
        DublinCore record = DublinCore.titled("A")
                .add("identifier", "HTTPS://example.org/a")
                .add("identifier", "ftp://example.org/b")
                .add("identifier", "https:///c")
                .add("identifier", "https://user:secret@example.org/" + "x".repeat(2_000))
                .add("identifier", "https://example.org/d e");

        Fetched.Body read = body(record, "");

        assertThat(read.resource().content().attachments())
                .extracting(Attachment::url)
                .containsExactly("HTTPS://example.org/a");
        assertThat(read.remarks())
                .hasSize(3)
                .allSatisfy(remark -> assertThat(remark.detail()).startsWith("not a valid web address"));
    }
}
