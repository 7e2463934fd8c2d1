package org.librarypeers.app.oai;

import java.time.Instant;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.http.Xml;

/** The envelope of every answer: when it was made, which request it answers, and the content or the error. */
final class OaiAnswer {

    /** The namespace of the attributes that name schemas. */
    static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";

    private static final String NAMESPACE = "http://www.openarchives.org/OAI/2.0/";
    private static final String SCHEMA = "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd";

    private OaiAnswer() {}

    /** Writes the element of a verb. */
    interface Content {
        void write(Xml xml) throws XMLStreamException;
    }

    /**
     * Returns a successful answer.
     *
     * @param now the time of the answer, in whole seconds
     * @param home the address of the library
     */
    static byte[] of(Instant now, String home, OaiRequest request, Content content) throws XMLStreamException {
        Xml xml = start(now, home, request);
        xml.start(request.verb().word());
        content.write(xml);
        return xml.end().bytes();
    }

    /**
     * Returns an answer with an error.
     *
     * @param request the request; null if it could not be read
     */
    static byte[] of(Instant now, String home, @Nullable OaiRequest request, OaiException error)
            throws XMLStreamException {
        Xml xml = start(now, home, error.code().hidesArguments() ? null : request);
        xml.start("error").with("code", error.code().word());
        return xml.text(String.valueOf(error.getMessage())).end().bytes();
    }

    private static Xml start(Instant now, String home, @Nullable OaiRequest request) throws XMLStreamException {
        Xml xml = new Xml("OAI-PMH", NAMESPACE)
                .namespace("xsi", INSTANCE)
                .with("xsi:schemaLocation", NAMESPACE + " " + SCHEMA)
                .element("responseDate", Period.datestamp(now))
                .start("request");
        if (request != null) {
            xml.with("verb", request.verb().word());
            for (Map.Entry<String, String> argument : request.arguments().entrySet()) {
                xml.with(argument.getKey(), argument.getValue());
            }
        }
        return xml.text(home + OaiProvider.PATH).end();
    }
}
