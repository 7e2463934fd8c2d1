package org.librarypeers.sync.catalogue;

import java.util.List;
import java.util.Optional;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Tag;

/**
 * The vocabulary of this library: its tags and their categories. Only {@link org.librarypeers.sync.curation.CurationService} changes an
 * entry.
 */
public interface TagRepository {

    /**
     * Returns the tags that at least one resource has, regardless of its status, ordered by the code points of their
     * names, then by number.
     */
    List<CatalogueTag> inUse();

    /** Returns the tag with this number. */
    Optional<CatalogueTag> find(long id);

    /** Returns the tag with this slug. */
    Optional<CatalogueTag> find(Slug slug);

    /**
     * Returns the tag with this name in any category, independent of spelling ({@link Tag.Key}). If there are several,
     * returns the first.
     */
    Optional<CatalogueTag> named(String name);

    /**
     * Returns the tag with the same {@link Tag#key()}, and adds it if it does not exist. An existing tag keeps its
     * spelling. If another tag has the GUID of a new tag, the new tag gets another GUID.
     */
    CatalogueTag findOrAdd(Tag tag);

    /** Returns all categories, ordered by the code points of their names. */
    List<CatalogueCategory> categories();

    /**
     * Returns the categories whose tags the home page shows, in this order: those that an administrator chose. If none was
     * chosen, returns those that are the library's own, because a local resource had one of their
     * tags, in alphabetical order. Hidden categories are
     * left out. The list may be empty.
     */
    List<CatalogueCategory> topics();
}
