package org.librarypeers.sync.port;

import java.util.List;

/**
 * A part of a list.
 *
 * @param entries the entries from the offset on; none if it is past the end
 * @param total how many there are without offset and limit
 */
public record CatalogueSlice(List<CatalogueEntry> entries, long total) {

    /** Keeps a copy. */
    public CatalogueSlice {
        entries = List.copyOf(entries);
    }
}
