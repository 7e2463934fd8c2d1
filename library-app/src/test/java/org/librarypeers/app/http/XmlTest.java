package org.librarypeers.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;

/** Tests of the XML that feeds and harvesters receive. */
class XmlTest {

    private static final String START = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

    private static String written(Xml xml) throws XMLStreamException {
        return new String(xml.bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void elements_have_namespaces_attributes_and_texts() throws XMLStreamException {
        Xml xml = new Xml("feed", "urn:feed")
                .namespace("x", "urn:x")
                .start("entry")
                .with("id", "a\"<b>")
                .element("x:title", "1 < 2 & 3")
                .element("empty", "")
                .element("missing", null)
                .end()
                .start("last")
                .text("💧");

        assertThat(written(xml))
                .isEqualTo(START + "<feed xmlns=\"urn:feed\" xmlns:x=\"urn:x\"><entry id=\"a&quot;&lt;b&gt;\">"
                        + "<x:title>1 &lt; 2 &amp; 3</x:title></entry><last>💧</last></feed>");
    }

    @Test
    void a_document_may_have_no_namespace() throws XMLStreamException {
        assertThat(written(new Xml("urlset", ""))).isEqualTo(START + "<urlset></urlset>");
    }

    @Test
    void characters_that_xml_cannot_have_are_left_out() throws XMLStreamException {
        String permitted = "\t\n \uD7FF\uE000\uFFFD\uD800\uDC00";
        Xml xml = new Xml("a", "").text("\u0000\u001F" + permitted + "\uD800\uFFFE\uFFFF");

        assertThat(written(xml)).isEqualTo(START + "<a>" + permitted + "</a>");
    }

    @Test
    void a_carriage_return_stays_one() throws XMLStreamException {
        assertThat(written(new Xml("a", "").text("1\r2\r"))).isEqualTo(START + "<a>1&#13;2&#13;</a>");
    }
}
