package org.librarypeers.app.oai;

import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.librarypeers.app.http.Xml;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.Tag;

/**
 * IEEE Learning Object Metadata (1484.12.3). It has what unqualified Dublin Core lacks: the category and the GUID of each tag, the title and
 * the GUID of each attachment, and the study time.
 */
final class LearningObject {

    static final String NAMESPACE = "http://ltsc.ieee.org/xsd/LOM";
    static final String SCHEMA = "http://ltsc.ieee.org/xsd/lomv1.0/lom.xsd";
    private static final String DESCRIPTION = "description";
    private static final int DAYS_OF_WEEK = 7;

    private LearningObject() {}

    static void write(Xml xml, PublicRecord record) throws XMLStreamException {
        xml.start("lom:lom")
                .namespace("lom", NAMESPACE)
                .namespace("xsi", OaiAnswer.INSTANCE)
                .with("xsi:schemaLocation", NAMESPACE + " " + SCHEMA);
        general(xml, record);
        lifeCycle(xml, record);
        technical(xml, record);
        educational(xml, record.content().studyTime());
        rights(xml, record);
        relations(xml, record);
        classifications(xml, record);
        xml.end();
    }

    private static void general(Xml xml, PublicRecord record) throws XMLStreamException {
        start(xml, "general");
        identifier(xml, record.urn());
        identifier(xml, record.page());
        texts(xml, "title", record.content().title());
        for (String language : record.content().title().languages()) {
            one(xml, "language", language);
        }
        texts(xml, DESCRIPTION, record.content().description());
        for (Tag tag : record.subjects()) {
            texts(xml, "keyword", record.name(tag));
        }
        xml.end();
    }

    private static void lifeCycle(Xml xml, PublicRecord record) throws XMLStreamException {
        LocalizedText credits = record.content().attribution();
        boolean dated = record.content().bornOn() != null;
        start(xml, "lifeCycle");
        if (dated || !credits.isEmpty()) {
            start(xml, "contribute");
            value(xml, "role", "author");
            for (Map.Entry<String, String> each : credits.texts().entrySet()) {
                one(xml, "entity", VCard.person(each.getValue(), each.getKey()));
            }
            if (dated) {
                start(xml, "date");
                one(xml, "dateTime", String.valueOf(record.content().bornOn()));
                xml.end();
            }
            xml.end();
        }
        start(xml, "contribute");
        value(xml, "role", "publisher");
        one(xml, "entity", VCard.organization(record.maker()));
        xml.end();
        xml.end();
    }

    private static void technical(Xml xml, PublicRecord record) throws XMLStreamException {
        if (record.content().attachments().isEmpty()) {
            return;
        }
        start(xml, "technical");
        for (String type : record.mediaTypes()) {
            one(xml, "format", type);
        }
        long bytes = record.content().attachments(AttachmentKind.FILE).stream()
                .mapToLong(Attachment::sizeBytes)
                .sum();
        if (bytes > 0) {
            one(xml, "size", String.valueOf(bytes));
        }
        for (Attachment attachment : record.content().attachments()) {
            one(xml, "location", record.address(attachment));
        }
        xml.end();
    }

    private static void educational(Xml xml, StudyTime time) throws XMLStreamException {
        StudyTime.Unit unit = time.unit();
        if (time.number() > 0 && unit != null) {
            start(xml, "educational");
            start(xml, "typicalLearningTime");
            one(xml, "duration", duration(time.number(), unit));
            xml.end();
            xml.end();
        }
    }

    /** Returns a duration by ISO 8601. LOM has no weeks. */
    private static String duration(long number, StudyTime.Unit unit) {
        return switch (unit) {
            case MINS -> "PT" + number + "M";
            case HOURS -> "PT" + number + "H";
            case DAYS -> "P" + number + "D";
            case WEEKS -> "P" + number * DAYS_OF_WEEK + "D";
        };
    }

    private static void rights(Xml xml, PublicRecord record) throws XMLStreamException {
        List<Tag> licenses = record.licenses();
        if (!licenses.isEmpty()) {
            start(xml, "rights");
            value(xml, "copyrightAndOtherRestrictions", "yes");
            // LOM has one description of rights. The classification has all tags.
            texts(xml, DESCRIPTION, record.name(licenses.get(0)));
            xml.end();
        }
    }

    private static void relations(Xml xml, PublicRecord record) throws XMLStreamException {
        for (Attachment attachment : record.content().attachments()) {
            startRelation(xml, "haspart");
            identifier(xml, "urn:uuid:" + attachment.guid());
            identifier(xml, record.address(attachment));
            texts(xml, DESCRIPTION, attachment.title());
            texts(xml, DESCRIPTION, attachment.description());
            xml.end();
            xml.end();
        }
        String source = record.source();
        if (source != null) {
            startRelation(xml, "isversionof");
            identifier(xml, source);
            xml.end();
            xml.end();
        }
    }

    /** Starts a relation and the resource at its other end. */
    private static void startRelation(Xml xml, String kind) throws XMLStreamException {
        start(xml, "relation");
        value(xml, "kind", kind);
        start(xml, "resource");
    }

    /** Writes one classification for each category. The taxons of a path would be parts of each other, so each tag has a path. */
    private static void classifications(Xml xml, PublicRecord record) throws XMLStreamException {
        for (List<Tag> tags : PublicRecord.byCategory(record.content().tags())) {
            start(xml, "classification");
            value(xml, "purpose", "discipline");
            for (Tag tag : tags) {
                start(xml, "taxonPath");
                texts(xml, "source", record.category(tag));
                start(xml, "taxon");
                one(xml, "id", "urn:uuid:" + tag.guid());
                texts(xml, "entry", record.name(tag));
                xml.end();
                xml.end();
            }
            xml.end();
        }
    }

    private static void start(Xml xml, String element) throws XMLStreamException {
        xml.start("lom:" + element);
    }

    private static void one(Xml xml, String element, String text) throws XMLStreamException {
        xml.element("lom:" + element, text);
    }

    private static void identifier(Xml xml, String uri) throws XMLStreamException {
        start(xml, "identifier");
        one(xml, "catalog", "URI");
        one(xml, "entry", uri);
        xml.end();
    }

    /** Writes a word of the vocabulary of the standard. */
    private static void value(Xml xml, String element, String word) throws XMLStreamException {
        start(xml, element);
        one(xml, "source", "LOMv1.0");
        one(xml, "value", word);
        xml.end();
    }

    private static void texts(Xml xml, String element, LocalizedText text) throws XMLStreamException {
        if (!text.isEmpty()) {
            start(xml, element);
            for (Map.Entry<String, String> each : text.texts().entrySet()) {
                xml.start("lom:string")
                        .with("language", each.getKey())
                        .text(each.getValue())
                        .end();
            }
            xml.end();
        }
    }
}
