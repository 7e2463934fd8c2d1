package org.librarypeers.sync.catalogue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.librarypeers.domain.Guid;

/**
 * The change feed with a date on each entry, for harvesters that ask for what changed since a date. Thread-safe.
 *
 * <p>The datestamp of an entry is the second in which its last change, or its deletion, was committed. Datestamps never decrease along
 * the feed. They do not depend on the dates of the resources, which other libraries and clocks may have set. Entries that changed before
 * the storage kept datestamps have the earliest one.
 *
 * <p><b>No change is missed.</b> A harvester that calls {@link #now}, then reads all entries, and later asks for the entries from
 * that time on, receives each change at least once, even those that were being committed while it read. The clock of the storage must not
 * be set back between the two.
 */
public interface DatedFeed {

    /**
     * Returns a time such that every entry that is not readable yet will have this datestamp or a later one. It is the current time of
     * the storage, in whole seconds.
     */
    Instant now();

    /** Returns the earliest datestamp that an entry can have, in whole seconds. */
    Instant earliest();

    /** Returns the entry of a resource that is approved, or that was served and no longer is. Empty for all others. */
    Optional<DatedEntry> find(Guid guid);

    /**
     * Returns the entries that match a query, in the order of the feed. A resource that changes while a harvester reads
     * page by page moves to the end of the feed. Therefore, an entry that matches all the time is either on a page that
     * was read or on one that is still to be read.
     *
     * @param limit the maximum number of entries, from 1
     */
    List<DatedEntry> entries(DatedQuery query, int limit);

    /**
     * Returns tags of approved resources, including hidden ones, ordered by number.
     *
     * @param after 0 for the first page, then the number of the last tag of the previous page
     * @param limit the maximum number of tags, from 1
     */
    List<CatalogueTag> tags(long after, int limit);

    /** Returns the categories of the tags of approved resources, ordered by number. */
    List<CatalogueCategory> categories();

    /** Returns the codes of the languages in which approved resources have a title, in alphabetical order. */
    List<String> languages();
}
