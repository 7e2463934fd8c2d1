package org.librarypeers.oai;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.DublinCoreMapping.Element;

/**
 * A parser of one answer. It looks at local names only, because some repositories forget the namespaces, and ignores what it does not know.
 */
final class PageParser {

    /** The name of the root element. */
    static final String ROOT = "OAI-PMH";

    private static final String OAI = "http://www.openarchives.org/OAI/2.0/";

    /** Qualified Dublin Core, by the element that it refines. */
    private static final Map<String, Element> REFINEMENTS = Map.ofEntries(
            Map.entry("alternative", Element.TITLE),
            Map.entry("abstract", Element.DESCRIPTION),
            Map.entry("tableOfContents", Element.DESCRIPTION),
            Map.entry("created", Element.DATE),
            Map.entry("issued", Element.DATE),
            Map.entry("available", Element.DATE),
            Map.entry("extent", Element.FORMAT),
            Map.entry("medium", Element.FORMAT),
            Map.entry("spatial", Element.COVERAGE),
            Map.entry("temporal", Element.COVERAGE),
            Map.entry("license", Element.RIGHTS),
            Map.entry("accessRights", Element.RIGHTS),
            Map.entry("rightsHolder", Element.RIGHTS));

    private final BoundedXml xml;
    private final List<OaiPage.ProtocolError> errors = new ArrayList<>();
    private final List<OaiRecord> records = new ArrayList<>();
    private @Nullable Instant answered;
    private @Nullable String token;
    private int size = -1;
    private OaiPage.@Nullable Identity identity;

    private PageParser(BoundedXml xml) {
        this.xml = xml;
    }

    /**
     * Parses an answer.
     *
     * @throws XMLStreamException if it is not well-formed, exceeds a limit, or is not an answer of a repository
     */
    static OaiPage parse(BoundedXml xml) throws XMLStreamException {
        return new PageParser(xml).page();
    }

    private OaiPage page() throws XMLStreamException {
        xml.toRoot();
        if (!xml.name().equals(ROOT)) {
            throw new XMLStreamException("the root element is " + shown(xml.name()) + " and not " + ROOT);
        }
        int root = xml.depth();
        while (xml.toChild(root)) {
            switch (xml.name()) {
                case "responseDate" -> answered = Datestamp.parse(xml.text()).orElse(null);
                case "error" -> error();
                case "Identify" -> identify();
                case "ListRecords", "ListIdentifiers", "GetRecord" -> list();
                default -> {}
            }
        }
        xml.toEnd();
        return new OaiPage(answered, errors, records, token, size, identity);
    }

    private static String shown(String name) {
        return name.substring(0, Math.min(name.length(), 60));
    }

    private void error() throws XMLStreamException {
        String code = Objects.requireNonNullElse(xml.attribute("code"), "");
        errors.add(new OaiPage.ProtocolError(code.strip(), xml.text().strip()));
    }

    private void identify() throws XMLStreamException {
        String version = "";
        String granularity = "";
        String deletions = "no";
        int depth = xml.depth();
        while (xml.toChild(depth)) {
            switch (xml.name()) {
                case "protocolVersion" -> version = xml.text().strip();
                case "granularity" -> granularity = xml.text();
                case "deletedRecord" -> deletions = xml.text().strip();
                default -> {}
            }
        }
        identity = new OaiPage.Identity(version, Granularity.of(granularity), !deletions.equalsIgnoreCase("no"));
    }

    private void list() throws XMLStreamException {
        int depth = xml.depth();
        while (xml.toChild(depth)) {
            switch (xml.name()) {
                case "record" -> records.add(new RecordParser().read());
                case "header" -> {
                    RecordParser header = new RecordParser();
                    header.header();
                    records.add(header.result());
                }
                case "resumptionToken" -> token();
                default -> {}
            }
        }
    }

    private void token() throws XMLStreamException {
        String stated = Objects.requireNonNullElse(xml.attribute("completeListSize"), "")
                .strip();
        size = stated.matches("\\d{1,9}") ? Integer.parseInt(stated) : -1;
        String text = xml.text().strip();
        token = text.isEmpty() ? null : text;
    }

    /** The parts of the record that is being read. */
    private final class RecordParser {
        private final List<DublinCoreValue> values = new ArrayList<>();
        private String identifier = "";
        private String datestamp = "";
        private boolean deleted;

        OaiRecord read() throws XMLStreamException {
            int depth = xml.depth();
            while (xml.toChild(depth)) {
                switch (xml.name()) {
                    case "header" -> header();
                    case "metadata" -> metadata();
                    default -> {}
                }
            }
            return result();
        }

        OaiRecord result() {
            return new OaiRecord(identifier, datestamp, deleted, values, null);
        }

        void header() throws XMLStreamException {
            deleted = "deleted".equals(xml.attribute("status"));
            int depth = xml.depth();
            while (xml.toChild(depth)) {
                switch (xml.name()) {
                    case "identifier" -> identifier = xml.text().strip();
                    case "datestamp" -> datestamp = xml.text().strip();
                    default -> {}
                }
            }
        }

        /** Reads the elements of Dublin Core at any depth, because formats wrap them in elements of their own. */
        private void metadata() throws XMLStreamException {
            int depth = xml.depth();
            while (xml.toChild(depth)) {
                Optional<Element> element = element();
                if (element.isPresent()) {
                    String language = xml.language();
                    values.add(new DublinCoreValue(element.get(), language, xml.text()));
                } else {
                    metadata();
                }
            }
        }

        private Optional<Element> element() {
            if (xml.namespace().equals(OAI)) {
                return Optional.empty();
            }
            Element refined = REFINEMENTS.get(xml.name());
            return refined != null ? Optional.of(refined) : Element.ofWord(xml.name());
        }
    }
}
