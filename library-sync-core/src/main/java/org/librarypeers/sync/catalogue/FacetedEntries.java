package org.librarypeers.sync.catalogue;

import java.util.Objects;
import org.librarypeers.sync.storage.Slice;

/**
 * A page of the entries that match a query, with the facets of all matches.
 *
 * @param entries the page, in the order that was asked for
 * @param facets the facets of all entries that match the query, not only of the page
 */
public record FacetedEntries(Slice<CatalogueEntry> entries, Facets facets) {

    public FacetedEntries {
        Objects.requireNonNull(entries, "entries");
        Objects.requireNonNull(facets, "facets");
    }
}
