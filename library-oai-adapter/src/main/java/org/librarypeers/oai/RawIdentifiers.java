package org.librarypeers.oai;

import java.util.List;
import java.util.regex.Pattern;
import org.librarypeers.domain.DublinCoreMapping.Element;

/** The GUIDs in records that cannot be parsed. Such a record is quarantined under the same GUID that it would have otherwise. */
final class RawIdentifiers {

    private static final Pattern GUID =
            Pattern.compile("identifier(?:\\s[^>]*)?>\\s*(urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\s*</");

    private RawIdentifiers() {}

    static List<DublinCoreValue> of(String record) {
        return GUID.matcher(record)
                .results()
                .limit(10)
                .map(found -> new DublinCoreValue(Element.IDENTIFIER, null, found.group(1)))
                .toList();
    }
}
