package org.librarypeers.app.oai;

import javax.xml.stream.XMLStreamException;
import org.librarypeers.app.http.Xml;
import org.librarypeers.sync.catalogue.DatedEntry;

/** The headers and records of resources in XML. */
final class RecordWriter {

    private final Repository repository;
    private final String home;
    private final String library;
    private final String language;

    /** Creates a writer for one answer. */
    RecordWriter(Repository repository, String home) {
        this.repository = repository;
        this.home = home;
        this.library = repository.name().get();
        this.language = repository.language();
    }

    void header(Xml xml, DatedEntry entry) throws XMLStreamException {
        xml.start("header");
        if (entry.deleted()) {
            xml.with("status", "deleted");
        }
        xml.element("identifier", repository.identifier(entry.guid()))
                .element("datestamp", Period.datestamp(entry.datestamp()));
        for (String set : SetSpec.of(entry.entry())) {
            xml.element("setSpec", set);
        }
        xml.end();
    }

    /** Writes a header, and the resource in a format unless it is deleted. */
    void record(Xml xml, DatedEntry entry, MetadataFormat format) throws XMLStreamException {
        xml.start("record");
        header(xml, entry);
        if (!entry.deleted()) {
            xml.start("metadata");
            format.write(xml, new PublicRecord(entry.entry().resource(), home, library, language));
            xml.end();
        }
        xml.end();
    }
}
