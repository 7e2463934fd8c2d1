package org.librarypeers.app.pages;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/** Writes XML that is well-formed whatever texts it holds: what XML cannot say is left out. */
final class Xml {

    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();

    private final StringWriter written = new StringWriter();
    private final XMLStreamWriter writer;

    /** Begins with that element. */
    Xml(String root, String namespace) throws XMLStreamException {
        // Through characters, since the JDK's writer breaks emoji in two when it writes bytes.
        writer = FACTORY.createXMLStreamWriter(written);
        writer.writeStartDocument("UTF-8", "1.0");
        writer.writeStartElement(root);
        if (!namespace.isEmpty()) {
            writer.writeDefaultNamespace(namespace);
        }
    }

    /** Names another namespace, right after the start of an element. */
    Xml namespace(String prefix, String uri) throws XMLStreamException {
        writer.writeNamespace(prefix, uri);
        return this;
    }

    /** Says something of the element that was started last. */
    Xml with(String attribute, String value) throws XMLStreamException {
        writer.writeAttribute(attribute, sayable(value));
        return this;
    }

    Xml start(String element) throws XMLStreamException {
        writer.writeStartElement(element);
        return this;
    }

    Xml text(String text) throws XMLStreamException {
        writer.writeCharacters(sayable(text));
        return this;
    }

    Xml end() throws XMLStreamException {
        writer.writeEndElement();
        return this;
    }

    /** An element that holds a text; none if there is no text. */
    Xml element(String element, @Nullable String text) throws XMLStreamException {
        return text == null || text.isEmpty() ? this : start(element).text(text).end();
    }

    /** Ends all that was started. */
    byte[] bytes() throws XMLStreamException {
        writer.writeEndDocument();
        writer.close();
        return written.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String sayable(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints().filter(Xml::isSayable).forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static boolean isSayable(int character) {
        return character == '\t'
                || character == '\n'
                || character == '\r'
                || (character >= ' ' && character <= 0xD7FF)
                || (character >= 0xE000 && character <= 0xFFFD)
                || character >= 0x10000;
    }
}
