package org.librarypeers.bundle;

import java.util.List;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.Deletion;
import org.librarypeers.sync.catalogue.FeedPage;

/** The resources, deletions and files from which a bundle is written. */
public interface BundleContents {

    /** Returns a page of the change feed; see {@link org.librarypeers.sync.catalogue.Catalogue#feed}. */
    FeedPage feed(long after, int limit);

    /** Returns whether a resource belongs in the bundle. */
    boolean isSelected(CatalogueEntry entry);

    /** Returns whether a deletion belongs in the bundle. */
    boolean isSelected(Deletion deletion);

    /** Returns the files of a resource that the bundle carries; empty if it carries none. */
    List<CarriedFile> files(CatalogueEntry entry);
}
