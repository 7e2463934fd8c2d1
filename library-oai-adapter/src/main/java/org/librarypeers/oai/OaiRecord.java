package org.librarypeers.oai;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.peer.Fetched;

/**
 * A record of a page.
 *
 * @param identifier the OAI identifier; empty if it is missing
 * @param datestamp the datestamp, as the repository wrote it; empty if it is missing
 * @param deleted whether the repository says that the record was deleted
 * @param values the Dublin Core values, in the order of the repository
 * @param unreadable why the record cannot be read; null if it can
 */
record OaiRecord(
        String identifier,
        String datestamp,
        boolean deleted,
        List<DublinCoreValue> values,
        Fetched.@Nullable Unreadable unreadable) {

    OaiRecord {
        values = List.copyOf(values);
    }

    /** Returns a digest of the values, which changes whenever one of them changes. */
    String digest() {
        Digest digest = new Digest();
        for (DublinCoreValue value : values) {
            digest.add(value.element().word())
                    .add(value.language() == null ? "" : value.language())
                    .add(value.text());
        }
        return digest.add(unreadable == null ? "" : unreadable.reason().detail())
                .toString();
    }
}
