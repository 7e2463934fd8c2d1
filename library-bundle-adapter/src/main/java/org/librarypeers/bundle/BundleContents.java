package org.librarypeers.bundle;

import java.util.List;
import org.librarypeers.sync.catalogue.CatalogueEntry;

/** The resources and files from which a bundle is written. */
public interface BundleContents {

    /**
     * Returns the approved resources after a feed position, ordered by position; see {@link
     * org.librarypeers.sync.catalogue.Catalogue#changes}.
     */
    List<CatalogueEntry> changes(long after, int limit);

    /** Returns whether a resource belongs in the bundle. */
    boolean isSelected(CatalogueEntry entry);

    /** Returns the files of a resource that the bundle carries; empty if it carries none. */
    List<CarriedFile> files(CatalogueEntry entry);
}
