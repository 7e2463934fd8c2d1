package org.librarypeers.app.oai;

import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.librarypeers.app.http.Xml;

/** A format of records. Thread-safe. */
interface MetadataFormat {

    /** All formats, the required one first. */
    List<MetadataFormat> ALL = List.of(new DublinCore(), new LearningObject());

    /** Returns the format with this prefix. */
    static Optional<MetadataFormat> of(String prefix) {
        return ALL.stream().filter(format -> format.prefix().equals(prefix)).findFirst();
    }

    /** Returns the name of the format in requests. */
    String prefix();

    /** Returns the address of its schema. */
    String schema();

    /** Returns its namespace. */
    String namespace();

    /** Writes a record as one element. */
    void write(Xml xml, PublicRecord record) throws XMLStreamException;
}
