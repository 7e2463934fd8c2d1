package org.librarypeers.sync.catalogue;

import org.librarypeers.sync.storage.Source;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * By what the entries that a query finds can be told apart, and how many of them there are of each kind. All lists have the
 * largest count first; ties are in the order of the characters of tag name, language code and library name, then by number
 * of the tag and host of the library.
 *
 * @param tags which tags those that are found have, the tags of the query among them; of each category at most {@value
 *     #TAGS_PER_CATEGORY}, the first ones. All categories are in one list.
 * @param languages in which languages there are titles of those that would be found if the query named no language
 * @param sources from where those come that would be found if the query named no source
 */
public record Facets(List<TagCount> tags, List<LanguageCount> languages, List<SourceCount> sources) {

    /** Of each category, so many tags are told: those that the most entries have. */
    public static final int TAGS_PER_CATEGORY = 15;

    /** Keeps copies, in that order. */
    public Facets {
        tags = tags.stream().sorted(TagCount.ORDER).toList();
        languages = languages.stream().sorted(LanguageCount.ORDER).toList();
        sources = sources.stream().sorted(SourceCount.ORDER).toList();
    }

    /**
     * How many entries have a tag.
     *
     * @param tag the tag
     * @param count from 1
     */
    public record TagCount(CatalogueTag tag, long count) {

        /** The order of {@link Facets#tags}. */
        public static final Comparator<TagCount> ORDER = Comparator.comparingLong(TagCount::count)
                .reversed()
                .thenComparing(counted -> counted.tag().tag().name())
                .thenComparing(counted -> counted.tag().id());
    }

    /**
     * How many entries have a title in a language.
     *
     * @param language its code
     * @param count from 1
     */
    public record LanguageCount(String language, long count) {

        private static final Comparator<LanguageCount> ORDER =
                Comparator.comparingLong(LanguageCount::count).reversed().thenComparing(LanguageCount::language);
    }

    /**
     * How many entries come from a library.
     *
     * @param source {@link Source.Here} or a {@link Source.Maker}
     * @param name of the library that made them: of several names that one host goes by the one that most of these entries
     *     have, ties in the order of their characters; empty for this library
     * @param count from 1
     */
    public record SourceCount(Source source, String name, long count) {

        private static final Comparator<SourceCount> ORDER = Comparator.comparingLong(SourceCount::count)
                .reversed()
                .thenComparing(SourceCount::name)
                .thenComparing(counted -> counted.source() instanceof Source.Maker maker ? maker.host() : "");

        /** The count of a library whose entries, so many each, name it so. */
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
