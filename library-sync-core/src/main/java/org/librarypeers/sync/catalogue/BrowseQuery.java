package org.librarypeers.sync.catalogue;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.storage.Source;

/**
 * A query that filters the catalogue. An entry must satisfy all conditions.
 *
 * @param viewer the viewer; only entries that are visible to the viewer are found
 * @param statuses the accepted statuses
 * @param words the words that an entry must contain, see {@link Catalogue#search}; blank for no condition; a text that
 *     is not blank but contains no word finds nothing
 * @param tags the numbers of tags, all of which an entry must have; empty for no condition
 * @param language the language code in which an entry must have a title; null for no condition
 * @param source the source that an entry must come from; null for no condition
 */
public record BrowseQuery(
        Viewer viewer,
        Set<Status> statuses,
        String words,
        Set<Long> tags,
        @Nullable String language,
        @Nullable Source source) {

    /** The query for all approved entries. */
    public static final BrowseQuery APPROVED =
            new BrowseQuery(Viewer.PUBLIC, Set.of(Status.APPROVED), "", Set.of(), null, null);

    /** The order of the found entries. */
    public enum Order {
        /** The order of {@link Catalogue#search}. Without words, the newest first. */
        BEST_FIRST,
        /** By descending update date, then by number. */
        NEWEST_FIRST
    }

    /** Copies the sets. */
    public BrowseQuery {
        statuses = Set.copyOf(statuses);
        tags = Set.copyOf(tags);
    }

    /** Returns a query for all entries that are visible to the viewer, in every status. */
    public static BrowseQuery allFor(Viewer viewer) {
        return new BrowseQuery(viewer, Set.of(Status.values()), "", Set.of(), null, null);
    }

    /** Returns a copy of this query for one status. */
    public BrowseQuery of(Status only) {
        return new BrowseQuery(viewer, Set.of(only), words, tags, language, source);
    }

    /** Returns a copy of this query with other words. */
    public BrowseQuery holding(String text) {
        return new BrowseQuery(viewer, statuses, text, tags, language, source);
    }

    /** Returns a copy of this query with other tags. */
    public BrowseQuery tagged(Set<Long> all) {
        return new BrowseQuery(viewer, statuses, words, all, language, source);
    }

    /** Returns a copy of this query with another language; null for no condition. */
    public BrowseQuery in(@Nullable String code) {
        return new BrowseQuery(viewer, statuses, words, tags, code, source);
    }

    /** Returns a copy of this query with another source; null for no condition. */
    public BrowseQuery from(@Nullable Source place) {
        return new BrowseQuery(viewer, statuses, words, tags, language, place);
    }
}
