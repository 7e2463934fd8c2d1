package org.librarypeers.sync.port;

import java.util.List;
import java.util.Optional;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.UserName;

/** The resources as they are served: with the numbers by which existing sites ask for them, page by page. */
public interface Catalogue {

    /** The entry of that number, whatever its status. */
    Optional<CatalogueEntry> find(long id);

    /** The entry of that GUID, whatever its status. */
    Optional<CatalogueEntry> find(Guid guid);

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
    Slice<CatalogueEntry> list(CatalogueQuery query);

    /**
     * The approved entries that have all these words, whole or as they begin, in title, description, tags, attribution or the
     * titles of links and files, in any language; letter case and accents do not count. Those that have them in the title come
     * before those that have them in a tag, and these before others; of two that are alike, the lower number.
     *
     * @param words any text; what is no letter or digit separates words. Up to 20 count. Without any, nothing is found
     * @param offset how many to pass over, from 0
     * @param limit at most so many, from 1
     */
    List<CatalogueEntry> search(String words, int offset, int limit);

    /** The resource that this person added under that title, in that language; the first if there are several. */
    Optional<CatalogueEntry> findCreated(UserName creator, String language, String title);

    /** The part of that number, whatever the status of its resource. */
    Optional<CataloguePart> findPart(CataloguePart.Kind kind, long id);

    /**
     * The parts of all resources that somebody sees, in the order of their numbers.
     *
     * @param offset how many to pass over, from 0
     * @param limit at most so many, from 1
     */
    Slice<CataloguePart> parts(CataloguePart.Kind kind, Viewer viewer, int offset, int limit);
}
