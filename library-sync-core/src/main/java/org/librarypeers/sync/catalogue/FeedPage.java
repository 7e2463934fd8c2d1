package org.librarypeers.sync.catalogue;

import java.util.List;

/**
 * A page of the change feed. No resource is both among the changes and among the deletions.
 *
 * @param changes the approved entries of the page, ordered by feed position
 * @param deletions the deletions of the page, ordered by feed position; no two entries of a page have the same position
 * @param position the feed position after which the next page or a later read continues
 * @param last whether nothing more can be read now
 */
public record FeedPage(List<CatalogueEntry> changes, List<Deletion> deletions, long position, boolean last) {

    /** Copies the lists. */
    public FeedPage {
        changes = List.copyOf(changes);
        deletions = List.copyOf(deletions);
    }
}
