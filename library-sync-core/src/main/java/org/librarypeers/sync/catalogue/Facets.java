package org.librarypeers.sync.catalogue;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.storage.Source;

/**
 * The facets of the entries that match a query, with their counts. Each list is ordered by descending count. Ties are
 * ordered by tag name, language code or library name, then by the number of the tag or the host of the library. Tags that were given a
 * place come before the other tags, in the order of their places.
 *
 * @param tags the tags of the matching entries, including the tags of the query, without hidden tags and those of hidden categories.
 *     The list contains at most {@value #TAGS_PER_CATEGORY} tags of each category, the first ones in this order.
 * @param languages the languages of the titles of the entries that would match without the query's condition on the
 *     language
 * @param sources the sources of the entries that would match without the query's condition on the source
 * @param complete whether all matching entries were counted; otherwise, {@link Catalogue#MAX_FOUND} of them were, and the
 *     actual counts are at least these
 * @param materials the types and study times of the matching entries; without words, of at most {@link Catalogue#MAX_FOUND} of
 *     them; {@link MaterialCounts#NONE} for all approved entries, see {@link Catalogue#materials}
 */
public record Facets(
        List<TagCount> tags,
        List<LanguageCount> languages,
        List<SourceCount> sources,
        boolean complete,
        MaterialCounts materials) {

    /** The maximum number of tags per category. */
    public static final int TAGS_PER_CATEGORY = 15;

    /** Copies and sorts the lists. */
    public Facets {
        tags = tags.stream().sorted(TagCount.ORDER).toList();
        languages = languages.stream().sorted(LanguageCount.ORDER).toList();
        sources = sources.stream().sorted(SourceCount.ORDER).toList();
    }

    /** Creates facets of all matching entries. */
    public Facets(List<TagCount> tags, List<LanguageCount> languages, List<SourceCount> sources) {
        this(tags, languages, sources, true, MaterialCounts.NONE);
    }

    /** Returns a copy of these facets with other materials. */
    public Facets with(MaterialCounts counted) {
        return new Facets(tags, languages, sources, complete, counted);
    }

    /**
     * The number of entries that have a tag.
     *
     * @param tag the tag
     * @param count the number, from 1
     * @param place the place that an administrator gave to the tag, from 1; null if it has none
     */
    public record TagCount(
            CatalogueTag tag, long count, @Nullable Integer place) {

        /** The order of {@link Facets#tags}. */
        public static final Comparator<TagCount> ORDER = Comparator.comparing(
                        TagCount::place, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(Comparator.comparingLong(TagCount::count).reversed())
                .thenComparing(counted -> counted.tag().tag().name())
                .thenComparing(counted -> counted.tag().id());
    }

    /**
     * The number of entries that have a title in a language.
     *
     * @param language the language code
     * @param count the number, from 1
     */
    public record LanguageCount(String language, long count) {

        private static final Comparator<LanguageCount> ORDER =
                Comparator.comparingLong(LanguageCount::count).reversed().thenComparing(LanguageCount::language);
    }

    /**
     * The number of entries that come from a library.
     *
     * @param source {@link Source.Here} or a {@link Source.Maker}
     * @param name the name of the library that created the entries; empty for this library. If a host has several
     *     names, the most frequent one, then the first in alphabetical order.
     * @param count the number, from 1
     */
    public record SourceCount(Source source, String name, long count) {

        private static final Comparator<SourceCount> ORDER = Comparator.comparingLong(SourceCount::count)
                .reversed()
                .thenComparing(SourceCount::name)
                .thenComparing(counted -> counted.source().match(here -> "", Source.Maker::host, followed -> ""));

        /**
         * Creates the count of a library.
         *
         * @param source the library
         * @param names the number of entries by the name that they give for the library
         */
        public static SourceCount of(Source source, Map<String, Long> names) {
            String name = names.entrySet().stream()
                    .min(Map.Entry.<String, Long>comparingByValue()
                            .reversed()
                            .thenComparing(Map.Entry.comparingByKey()))
                    .map(Map.Entry::getKey)
                    .orElse("");
            return new SourceCount(
                    source,
                    name,
                    names.values().stream().mapToLong(Long::longValue).sum());
        }
    }
}
