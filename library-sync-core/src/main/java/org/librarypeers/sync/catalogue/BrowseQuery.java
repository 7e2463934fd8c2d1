package org.librarypeers.sync.catalogue;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.MaterialType;
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
 * @param type the type of material that an attachment of an entry must have; null for no condition
 * @param studyTime the range in which the study time of an entry must be; null for no condition
 * @param matching how many of the words an entry must contain
 */
public record BrowseQuery(
        Viewer viewer,
        Set<Status> statuses,
        String words,
        Set<Long> tags,
        @Nullable String language,
        @Nullable Source source,
        @Nullable MaterialType type,
        @Nullable StudyTimeRange studyTime,
        Matching matching) {

    /** The query for all approved entries. */
    public static final BrowseQuery APPROVED =
            new BrowseQuery(Viewer.PUBLIC, Set.of(Status.APPROVED), "", Set.of(), null, null);

    /** The number of words that an entry must contain. */
    public enum Matching {
        /** All words. */
        ALL_WORDS,
        /**
         * At least one of the words. Entries with more of the words come first. At most {@link Catalogue#MAX_ANY_WORDS} different
         * words are used. If more than {@link Catalogue#MAX_FOUND} entries match, those are found that lack at most one word, then
         * the ones that were added last.
         */
        ANY_WORD
    }

    /** The order of the found entries. */
    public enum Order {
        /** The order of {@link Catalogue#search}. Without words, the newest first. */
        BEST_FIRST,
        /** By descending update date, then by number. */
        NEWEST_FIRST,
        /** By ascending update date, then by number. */
        OLDEST_FIRST
    }

    /** Copies the sets. */
    public BrowseQuery {
        statuses = Set.copyOf(statuses);
        tags = Set.copyOf(tags);
    }

    /** Creates a query without conditions on the material, whose entries must contain all words. */
    public BrowseQuery(
            Viewer viewer,
            Set<Status> statuses,
            String words,
            Set<Long> tags,
            @Nullable String language,
            @Nullable Source source) {
        this(viewer, statuses, words, tags, language, source, null, null, Matching.ALL_WORDS);
    }

    /**
     * Returns whether the search index answers this query: it has words or a condition on the material. Such a query finds at
     * most {@link Catalogue#MAX_FOUND} entries.
     */
    public boolean isSearch() {
        return !words.isBlank() || type != null || studyTime != null;
    }

    /** Returns a query for all entries that are visible to the viewer, in every status. */
    public static BrowseQuery allFor(Viewer viewer) {
        return new BrowseQuery(viewer, Set.of(Status.values()), "", Set.of(), null, null);
    }

    /** Returns a copy of this query for one status. */
    public BrowseQuery of(Status only) {
        return new BrowseQuery(viewer, Set.of(only), words, tags, language, source, type, studyTime, matching);
    }

    /** Returns a copy of this query with other words. */
    public BrowseQuery holding(String text) {
        return new BrowseQuery(viewer, statuses, text, tags, language, source, type, studyTime, matching);
    }

    /** Returns a copy of this query with other tags. */
    public BrowseQuery tagged(Set<Long> all) {
        return new BrowseQuery(viewer, statuses, words, all, language, source, type, studyTime, matching);
    }

    /** Returns a copy of this query with another language; null for no condition. */
    public BrowseQuery in(@Nullable String code) {
        return new BrowseQuery(viewer, statuses, words, tags, code, source, type, studyTime, matching);
    }

    /** Returns a copy of this query with another source; null for no condition. */
    public BrowseQuery from(@Nullable Source place) {
        return new BrowseQuery(viewer, statuses, words, tags, language, place, type, studyTime, matching);
    }

    /** Returns a copy of this query with another type of material; null for no condition. */
    public BrowseQuery ofType(@Nullable MaterialType material) {
        return new BrowseQuery(viewer, statuses, words, tags, language, source, material, studyTime, matching);
    }

    /** Returns a copy of this query with another range of study times; null for no condition. */
    public BrowseQuery taking(@Nullable StudyTimeRange time) {
        return new BrowseQuery(viewer, statuses, words, tags, language, source, type, time, matching);
    }

    /** Returns a copy of this query whose entries must contain this many of the words. */
    public BrowseQuery matching(Matching many) {
        return new BrowseQuery(viewer, statuses, words, tags, language, source, type, studyTime, many);
    }
}
