package org.librarypeers.sync.catalogue;

import org.librarypeers.sync.storage.Slice;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.UserName;

/** The resources as they are served: with the numbers by which existing sites ask for them, page by page. */
public interface Catalogue {

    /** So many different words of a query count. */
    int MAX_WORDS = 20;

    /** The entry of that number, whatever its status. */
    Optional<CatalogueEntry> find(long id);

    /** The entry of that GUID, whatever its status. */
    Optional<CatalogueEntry> find(Guid guid);

    /** Returns the entries of those GUIDs, in the order of the GUIDs given. GUIDs that are unknown are left out. */
    List<CatalogueEntry> find(List<Guid> guids);

    /** The entry of that slug, whatever its status. */
    Optional<CatalogueEntry> find(Slug slug);

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
     * The approved entries that hold all {@link SearchWord words} of a query, best first.
     *
     * <p>An entry holds a word if one of its own begins with it, in any of its languages; letter case and accents do not
     * count. A storage may find other forms of a word too, where it knows the language of a text. An entry's words are
     * those of its title, the names and categories of its tags, its attribution, the titles of its links and files, and its
     * description without the markup. Of a text that is beyond measure, a storage may know the beginning only.
     *
     * <p>First come the entries that hold all words in the title, then those that take title and tags, then those that take
     * all but the description, then the others. Among these the storage prefers what it likes; ties are by number.
     *
     * <p>Any string is a query, and none is wrong: one without words finds nothing, and one with more than {@value
     * #MAX_WORDS} is taken for its first.
     *
     * @param offset how many to pass over, from 0
     * @param limit at most so many, from 1
     */
    List<CatalogueEntry> search(String query, int offset, int limit);

    /**
     * The entries that a query finds.
     *
     * @param offset how many to pass over, from 0
     * @param limit at most so many, from 1
     */
    Slice<CatalogueEntry> browse(BrowseQuery query, BrowseQuery.Order order, int offset, int limit);

    /** By what the entries that a query finds can be told apart. */
    Facets facets(BrowseQuery query);

    /** As {@link Facets#tags} of {@link #facets} has them for all that is {@linkplain BrowseQuery#APPROVED approved}. */
    List<Facets.TagCount> topics();

    /** Where all resources come from: what was made here first, then by peer, host and name of the maker. */
    List<OriginCount> origins();

    /** The resource that this person added under that title, in that language; the first if there are several. */
    Optional<CatalogueEntry> findCreated(UserName creator, String language, String title);

    /** The part of that number, whatever the status of its resource. */
    Optional<CataloguePart> findPart(CataloguePart.Kind kind, long id);

    /** Those of these GUIDs that links or files of more than one resource have: peers may send what is no GUID of its own. */
    Set<Guid> repeatedParts(Collection<Guid> parts);

    /**
     * The parts of all resources that somebody sees, in the order of their numbers.
     *
     * @param offset how many to pass over, from 0
     * @param limit at most so many, from 1
     */
    Slice<CataloguePart> parts(CataloguePart.Kind kind, Viewer viewer, int offset, int limit);
}
