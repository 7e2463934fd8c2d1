package org.librarypeers.sync.catalogue;

import java.time.Instant;
import org.librarypeers.domain.Guid;

/**
 * An entry of the {@link DatedFeed}.
 *
 * @param datestamp the second of the last change as it is served, or of the deletion
 * @param position the feed position, from 1
 * @param deleted whether the resource is no longer served. Then serve no content of it, only its GUID and the sets to which it
 *     belongs.
 * @param entry the resource
 */
public record DatedEntry(Instant datestamp, long position, boolean deleted, CatalogueEntry entry) {

    /** Returns the GUID of the resource. */
    public Guid guid() {
        return entry.resource().guid();
    }
}
