package org.librarypeers.oai;

import java.io.StringReader;
import java.util.Locale;
import java.util.Objects;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Count;

/**
 * A reader of XML that resolves nothing outside the text and has limits. It knows neither document types nor their entities, and fails
 * when the XML is too deep, or has a text or an element too many.
 */
final class BoundedXml {

    private static final XMLInputFactory FACTORY = factory();
    private static final int MAX_DEPTH = 64;
    private static final int MAX_TEXT = 400_000;
    private static final int MAX_ELEMENTS = 2_000_000;

    private final XMLStreamReader reader;
    private final int maxElements;
    private int depth;
    private int elements;

    /** Creates a reader with the limits for a page. */
    BoundedXml(String xml) throws XMLStreamException {
        this(xml, MAX_ELEMENTS);
    }

    BoundedXml(String xml, int maxElements) throws XMLStreamException {
        this.reader = FACTORY.createXMLStreamReader(new StringReader(xml));
        this.maxElements = maxElements;
    }

    /** Thrown to indicate XML that exceeds a limit. */
    static final class TooLargeException extends XMLStreamException {
        private static final long serialVersionUID = 1L;

        private TooLargeException(String message) {
            super(message);
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("an external part, which is not read");
        });
        return factory;
    }

    /** Returns the next event; one of the document type is an error. */
    int next() throws XMLStreamException {
        int event = reader.next();
        switch (event) {
            case XMLStreamConstants.DTD -> throw new XMLStreamException("a document type, which is not read");
            case XMLStreamConstants.ENTITY_REFERENCE -> throw new XMLStreamException("an unknown entity");
            case XMLStreamConstants.START_ELEMENT -> started();
            case XMLStreamConstants.END_ELEMENT -> depth--;
            default -> {}
        }
        return event;
    }

    private void started() throws TooLargeException {
        depth++;
        elements++;
        if (depth > MAX_DEPTH) {
            throw new TooLargeException("elements within more than " + MAX_DEPTH + " others");
        } else if (elements > maxElements) {
            throw new TooLargeException("more than " + Count.of(maxElements, "element"));
        }
    }

    /** Moves to the root element. */
    void toRoot() throws XMLStreamException {
        while (next() != XMLStreamConstants.START_ELEMENT) {
            // A prolog has nothing of interest.
        }
    }

    /**
     * Moves to the next child of the element that was entered at this depth. Returns false at the end of that element. Skips whatever the
     * caller has left unread of the child before.
     */
    boolean toChild(int of) throws XMLStreamException {
        while (true) {
            int event = next();
            if (event == XMLStreamConstants.START_ELEMENT && depth == of + 1) {
                return true;
            } else if (event == XMLStreamConstants.END_ELEMENT && depth == of - 1) {
                return false;
            }
        }
    }

    /** Returns the depth of the present element; the root has 1. */
    int depth() {
        return depth;
    }

    /** Returns the local name of the present element. */
    String name() {
        return reader.getLocalName();
    }

    /** Returns the namespace of the present element; empty if it has none. */
    String namespace() {
        return Objects.requireNonNullElse(reader.getNamespaceURI(), "");
    }

    /** Returns an attribute without a namespace of the present element; null if it is missing. */
    @Nullable
    String attribute(String name) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (reader.getAttributeLocalName(i).equals(name)) {
                return reader.getAttributeValue(i);
            }
        }
        return null;
    }

    /** Returns the value of {@code xml:lang} of the present element; null if it is missing. */
    @Nullable
    String language() {
        return reader.getAttributeValue(XMLConstants.XML_NS_URI, "lang");
    }

    /** Reads to the end of the present element, and returns all text in it. */
    String text() throws XMLStreamException {
        int end = depth - 1;
        StringBuilder text = new StringBuilder();
        while (true) {
            int event = next();
            if (event == XMLStreamConstants.END_ELEMENT && depth == end) {
                return text.toString();
            } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                text.append(reader.getText());
                if (text.length() > MAX_TEXT) {
                    throw new TooLargeException(
                            String.format(Locale.ROOT, "a text of more than %,d characters", MAX_TEXT));
                }
            }
        }
    }

    /** Reads to the end of the document, so that what follows the root element is checked too. */
    void toEnd() throws XMLStreamException {
        while (reader.hasNext()) {
            next();
        }
    }
}
