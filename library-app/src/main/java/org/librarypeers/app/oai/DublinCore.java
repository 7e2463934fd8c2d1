package org.librarypeers.app.oai;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.http.Xml;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.BornOn;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.MaterialType;
import org.librarypeers.domain.Tag;

/** Unqualified Dublin Core, which every OAI-PMH repository has. */
final class DublinCore {

    static final String NAMESPACE = "http://www.openarchives.org/OAI/2.0/oai_dc/";
    static final String SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd";

    private DublinCore() {}

    static void write(Xml xml, PublicRecord record) throws XMLStreamException {
        xml.start("oai_dc:dc")
                .namespace("oai_dc", NAMESPACE)
                .namespace("xsi", OaiAnswer.INSTANCE)
                .namespace("dc", "http://purl.org/dc/elements/1.1/")
                .with("xsi:schemaLocation", NAMESPACE + " " + SCHEMA);
        each(xml, "title", record.content().title());
        each(xml, "creator", record.content().attribution());
        subjects(xml, record);
        each(xml, "description", record.content().description());
        one(xml, "publisher", record.library());
        if (!record.maker().equals(record.library())) {
            one(xml, "contributor", record.maker());
        }
        one(xml, "date", date(record.content().bornOn()));
        for (String type : types(record)) {
            one(xml, "type", type);
        }
        for (String type : record.mediaTypes()) {
            one(xml, "format", type);
        }
        one(xml, "identifier", record.urn());
        one(xml, "identifier", record.page());
        one(xml, "source", record.source());
        for (String language : record.content().title().languages()) {
            one(xml, "language", language);
        }
        for (Attachment attachment : record.content().attachments()) {
            one(xml, "relation", record.address(attachment));
        }
        for (Tag license : record.licenses()) {
            each(xml, "rights", record.name(license));
        }
        xml.end();
    }

    private static void subjects(Xml xml, PublicRecord record) throws XMLStreamException {
        for (Tag tag : record.subjects()) {
            each(xml, "subject", record.name(tag));
        }
        for (List<Tag> tags : PublicRecord.byCategory(record.subjects())) {
            each(xml, "subject", record.category(tags.get(0)));
        }
    }

    private static void each(Xml xml, String element, LocalizedText text) throws XMLStreamException {
        for (Map.Entry<String, String> each : text.texts().entrySet()) {
            xml.start("dc:" + element)
                    .with("xml:lang", each.getKey())
                    .text(each.getValue())
                    .end();
        }
    }

    private static void one(Xml xml, String element, @Nullable String text) throws XMLStreamException {
        xml.element("dc:" + element, text);
    }

    private static @Nullable String date(@Nullable BornOn date) {
        return date == null ? null : date.toString();
    }

    /** Returns the types of the DCMI type vocabulary, without duplicates. */
    private static Set<String> types(PublicRecord record) {
        Set<String> types = new LinkedHashSet<>();
        for (MaterialType type : MaterialType.allOf(record.content())) {
            String name = switch (type) {
                case PDF, DOCUMENT, SLIDES -> "Text";
                case VIDEO -> "MovingImage";
                case AUDIO -> "Sound";
                case PICTURE -> "StillImage";
                case TABLE -> "Dataset";
                case ARCHIVE -> "Collection";
                case APP -> "Software";
                case PAGE -> "InteractiveResource";
                case FILE -> "";
            };
            if (!name.isEmpty()) {
                types.add(name);
            }
        }
        return types;
    }
}
