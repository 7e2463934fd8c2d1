package org.librarypeers.app.oai;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.Source;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.librarypeers.app.RunningLibrary;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Requests to the OAI-PMH interface of a running library. Every answer is checked against the schemas. */
final class OaiAnswers {

    static final String OAI = "http://www.openarchives.org/OAI/2.0/";
    static final String DC = "http://purl.org/dc/elements/1.1/";
    static final String LOM = "http://ltsc.ieee.org/xsd/LOM";

    private static final Schema SCHEMA = schema();

    private final RunningLibrary running;

    OaiAnswers(RunningLibrary running) {
        this.running = running;
    }

    private static Schema schema() {
        try {
            return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                    .newSchema(Stream.of("oai-pmh", "oai_dc", "lom")
                            .map(name -> new StreamSource(OaiAnswers.class
                                    .getResource("/oai/" + name + ".xsd")
                                    .toString()))
                            .toArray(Source[]::new));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends a request with the arguments as names and values in turn. */
    Document get(String... arguments) throws Exception {
        return read(running.get("/oai?" + form(arguments)));
    }

    /** Sends a request as a form. */
    Document post(String... arguments) throws Exception {
        return read(running.send(
                "POST",
                "/oai",
                HttpRequest.BodyPublishers.ofString(form(arguments)),
                "Content-Type",
                "application/x-www-form-urlencoded"));
    }

    static String form(String... arguments) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < arguments.length; i += 2) {
            pairs.add(arguments[i] + "=" + URLEncoder.encode(arguments[i + 1], StandardCharsets.UTF_8));
        }
        return String.join("&", pairs);
    }

    static Document read(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow())
                .isEqualToIgnoringWhitespace("text/xml;charset=utf-8");
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Document answer = factory.newDocumentBuilder().parse(new InputSource(new StringReader(response.body())));
        SCHEMA.newValidator().validate(new DOMSource(answer));
        return answer;
    }

    /** Returns the code of the only error. */
    static String error(Document answer) {
        List<Element> errors = all(answer, OAI, "error");
        assertThat(errors).hasSize(1);
        assertThat(errors.get(0).getTextContent()).isNotBlank();
        return errors.get(0).getAttribute("code");
    }

    static List<Element> all(Document answer, String namespace, String name) {
        return elements(answer.getElementsByTagNameNS(namespace, name));
    }

    static List<Element> all(Element element, String namespace, String name) {
        return elements(element.getElementsByTagNameNS(namespace, name));
    }

    private static List<Element> elements(NodeList nodes) {
        List<Element> all = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            all.add((Element) nodes.item(i));
        }
        return all;
    }

    static List<String> texts(Document answer, String namespace, String name) {
        return all(answer, namespace, name).stream()
                .map(Element::getTextContent)
                .toList();
    }

    static String text(Document answer, String name) {
        List<String> texts = texts(answer, OAI, name);
        assertThat(texts).as(name).hasSize(1);
        return texts.get(0);
    }

    /** Returns the token of the next part. Empty in the last part. */
    static Optional<String> token(Document answer) {
        return texts(answer, OAI, "resumptionToken").stream()
                .filter(token -> !token.isEmpty())
                .findFirst();
    }

    /** Returns all parts of a list. */
    List<Document> parts(String verb, String... arguments) throws Exception {
        List<Document> parts = new ArrayList<>();
        String[] first =
                Stream.concat(Stream.of("verb", verb), Stream.of(arguments)).toArray(String[]::new);
        Document part = get(first);
        parts.add(part);
        for (Optional<String> token = token(part); token.isPresent(); token = token(part)) {
            part = get("verb", verb, "resumptionToken", token.get());
            parts.add(part);
        }
        return parts;
    }

    /** Returns the local parts of the identifiers in a list, in its order. */
    static List<String> guids(List<Document> parts) {
        return parts.stream()
                .flatMap(part -> texts(part, OAI, "identifier").stream())
                .map(identifier -> identifier.substring(identifier.lastIndexOf(':') + 1))
                .toList();
    }
}
