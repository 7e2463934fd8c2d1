package org.librarypeers.sync.port;

import java.util.List;
import java.util.Optional;

/** The resources as they are served: with the numbers by which existing sites ask for them, page by page. */
public interface Catalogue {

    /** The entry of that number, whatever its status. */
    Optional<CatalogueEntry> find(long id);

    /**
     * The approved entries that changed last behind a position, in the order of their positions.
     *
     * <p>Every change of an entry gives it a new position, higher than all that can be read until then: an entry never
     * turns up at or below a position that somebody has read already, however late its transaction was committed. A page
     * costs the same at any depth.
     *
     * @param after 0 for the first page, then the position of the last entry of the page before
     * @param limit at most so many, from 1
     */
    List<CatalogueEntry> changes(long after, int limit);

    /**
     * The entries of every status, in the order of their numbers. Changes meanwhile make none be missed.
     *
     * @param after 0 for the first page, then the number of the last entry of the page before
     * @param limit at most so many, from 1
     */
    List<CatalogueEntry> all(long after, int limit);

    /** The entries that a list request asks for. */
    CatalogueSlice list(CatalogueQuery query);
}
