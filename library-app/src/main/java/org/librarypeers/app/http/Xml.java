package org.librarypeers.app.http;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * A writer of well-formed XML. Characters that XML does not permit are left out. All others reach the reader as they are, also carriage
 * returns, which a reader would otherwise take for the end of a line. Not thread-safe.
 */
public final class Xml {

    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();

    private final StringWriter written = new StringWriter();
    private final XMLStreamWriter writer;

    /** Starts a document with the given root element. */
    public Xml(String root, String namespace) throws XMLStreamException {
        // A character stream, because the writer of the JDK splits surrogate pairs when it writes bytes.
        writer = FACTORY.createXMLStreamWriter(written);
        writer.writeStartDocument("UTF-8", "1.0");
        writer.writeStartElement(root);
        if (!namespace.isEmpty()) {
            writer.writeDefaultNamespace(namespace);
        }
    }

    /** Declares another namespace. Call this directly after the start of an element. */
    public Xml namespace(String prefix, String uri) throws XMLStreamException {
        writer.writeNamespace(prefix, uri);
        return this;
    }

    /** Adds an attribute to the element that was started last. */
    public Xml with(String attribute, String value) throws XMLStreamException {
        writer.writeAttribute(attribute, permitted(value));
        return this;
    }

    /** Starts an element, given with its prefix if it has one. */
    public Xml start(String element) throws XMLStreamException {
        writer.writeStartElement(element);
        return this;
    }

    /** Writes a text into the element that was started last. */
    public Xml text(String text) throws XMLStreamException {
        String[] lines = permitted(text).split("\r", -1);
        for (int i = 0; i < lines.length; i++) {
            if (i > 0) {
                writer.writeEntityRef("#13");
            }
            writer.writeCharacters(lines[i]);
        }
        return this;
    }

    /** Ends the element that was started last. */
    public Xml end() throws XMLStreamException {
        writer.writeEndElement();
        return this;
    }

    /** Writes an element with a text. Writes nothing if the text is null or empty. */
    public Xml element(String element, @Nullable String text) throws XMLStreamException {
        return text == null || text.isEmpty() ? this : start(element).text(text).end();
    }

    /** Closes all open elements and returns the document in UTF-8. */
    public byte[] bytes() throws XMLStreamException {
        writer.writeEndDocument();
        writer.close();
        return written.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String permitted(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints().filter(Xml::isPermitted).forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static boolean isPermitted(int character) {
        return character == '\t'
                || character == '\n'
                || character == '\r'
                || (character >= ' ' && character <= 0xD7FF)
                || (character >= 0xE000 && character <= 0xFFFD)
                || character >= 0x10000;
    }
}
