package org.librarypeers.sync.port;

import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Slug;

/**
 * A revision that a run made.
 *
 * @param resource of which resource
 * @param slug the readable part of the resource's address
 * @param title the title that the run brought
 * @param revision its number, from 1; the resource may have later ones
 */
public record Brought(Guid resource, Slug slug, LocalizedText title, int revision) {

    /** Whether the resource was new; else the run updated it. */
    public boolean isNew() {
        return revision == 1;
    }
}
