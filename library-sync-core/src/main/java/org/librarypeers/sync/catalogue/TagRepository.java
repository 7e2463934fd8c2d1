package org.librarypeers.sync.catalogue;

import java.util.List;
import java.util.Optional;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Tag;

/** The vocabulary of this library: its tags and their categories. It grows; what is in it stays as it is. */
public interface TagRepository {

    /** The tags that some resource has, whatever its status, in the order of the characters of their names, then numbers. */
    List<CatalogueTag> inUse();

    /** The tag of that number. */
    Optional<CatalogueTag> find(long id);

    /** The tag of that slug. */
    Optional<CatalogueTag> find(Slug slug);

    /** The tag of that name in any category, however it is spelled ({@link Tag.Key}); the first if there are several. */
    Optional<CatalogueTag> named(String name);

    /**
     * The tag of the same {@link Tag#key()}, added if there is none; the first spelling stays. A tag that is added and whose
     * GUID is that of another gets one of its own.
     */
    CatalogueTag findOrAdd(Tag tag);

    /** All categories, in the order of the characters of their names. */
    List<CatalogueCategory> categories();
}
