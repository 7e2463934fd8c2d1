package org.librarypeers.app.oai;

import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.librarypeers.app.http.Xml;

/**
 * A format of records.
 *
 * @param prefix the name of the format in requests
 * @param schema the address of its schema
 * @param namespace its namespace
 * @param writer the writer of its elements; thread-safe
 */
record MetadataFormat(String prefix, String schema, String namespace, Writer writer) {

    /** All formats, the required one first. */
    static final List<MetadataFormat> ALL = List.of(
            new MetadataFormat("oai_dc", DublinCore.SCHEMA, DublinCore.NAMESPACE, DublinCore::write),
            new MetadataFormat("lom", LearningObject.SCHEMA, LearningObject.NAMESPACE, LearningObject::write));

    /** A writer of records. */
    interface Writer {

        /** Writes a record as one element. */
        void write(Xml xml, PublicRecord record) throws XMLStreamException;
    }

    /** Returns the format with this prefix. */
    static Optional<MetadataFormat> of(String prefix) {
        return ALL.stream().filter(format -> format.prefix().equals(prefix)).findFirst();
    }

    /** Writes a record as one element. */
    void write(Xml xml, PublicRecord record) throws XMLStreamException {
        writer.write(xml, record);
    }
}
