package org.librarypeers.app.reader;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.Excerpt;
import org.librarypeers.app.web.Wording;
import org.librarypeers.app.web.Wording.Text;
import org.librarypeers.domain.MaterialType;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.catalogue.CatalogueTag;
import org.librarypeers.sync.catalogue.Facets;
import org.librarypeers.sync.catalogue.MaterialCounts;
import org.librarypeers.sync.catalogue.StudyTimeRange;
import org.librarypeers.sync.storage.Source;

/**
 * The values of one search filter that a reader can choose.
 *
 * @param title the name of the filter
 * @param about what the filter is about; null if that needs no words
 * @param first the values with the most results, which are shown first
 * @param more the other values
 * @param complete whether the counts are exact; otherwise, there are at least as many results
 */
public record FilterChoices(Text title, @Nullable Text about, List<Choice> first, List<Choice> more, boolean complete) {

    private static final int SHOWN = 6;
    private static final int MOST_CATEGORIES = 8;
    private static final int MOST_SOURCES = 15;
    private static final int LONGEST_NAME = 80;

    /**
     * A value of a filter.
     *
     * @param count the number of results with this value
     * @param address the address of these results
     */
    public record Choice(Text name, long count, String address) {}

    /** Creates the choices with copies of the lists. */
    public FilterChoices {
        first = List.copyOf(first);
        more = List.copyOf(more);
    }

    static FilterChoices of(Text title, List<Choice> all) {
        int shown = Math.min(SHOWN, all.size());
        return new FilterChoices(title, null, all.subList(0, shown), all.subList(shown, all.size()), true);
    }

    private FilterChoices completely(boolean counted) {
        return new FilterChoices(title, about, first, more, counted);
    }

    /** Returns these choices with a description; without one if it is empty. */
    FilterChoices about(Text description) {
        return new FilterChoices(title, description.value().isEmpty() ? null : description, first, more, complete);
    }

    /** Returns the types of material, those with the most resources first. */
    static FilterChoices byType(
            Text title, MaterialCounts counts, ReadingLanguages reading, Function<MaterialType, String> address) {
        return of(
                        title,
                        counts.types().entrySet().stream()
                                .sorted(Map.Entry.<MaterialType, Long>comparingByValue()
                                        .reversed()
                                        .thenComparing(Map.Entry.comparingByKey()))
                                .map(counted -> new Choice(
                                        typeName(counted.getKey(), reading.words()),
                                        counted.getValue(),
                                        address.apply(counted.getKey())))
                                .toList())
                .completely(counts.complete());
    }

    static Text typeName(MaterialType type, Wording words) {
        return new Text(words.language(), words.say("reader.kind." + type.word()));
    }

    /** Returns the ranges of study times, the shortest first. */
    static FilterChoices byStudyTime(
            Text title, MaterialCounts counts, ReadingLanguages reading, Function<StudyTimeRange, String> address) {
        return of(
                        title,
                        counts.studyTimes().entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(counted -> new Choice(
                                        rangeName(counted.getKey(), reading.words()),
                                        counted.getValue(),
                                        address.apply(counted.getKey())))
                                .toList())
                .completely(counts.complete());
    }

    static Text rangeName(StudyTimeRange range, Wording words) {
        return new Text(words.language(), words.say("reader.time." + range.word()));
    }

    /**
     * Returns the tags to choose, grouped by category. At most eight categories are included: those of chosen tags, then those
     * with the most resources. They are sorted by their number of tags, largest first, because a category with many tags divides
     * the results best. Chosen tags are omitted.
     */
    static List<FilterChoices> byTag(
            List<Facets.TagCount> counts,
            ReadingLanguages reading,
            Predicate<CatalogueTag> chosen,
            Function<String, String> address) {
        Predicate<Facets.TagCount> isChosen = counted -> chosen.test(counted.tag());
        Map<String, List<Facets.TagCount>> byCategory = new LinkedHashMap<>();
        counts.forEach(counted -> byCategory
                .computeIfAbsent(counted.tag().tag().category(), category -> new ArrayList<>())
                .add(counted));
        return byCategory.values().stream()
                .sorted(Comparator.<List<Facets.TagCount>, Boolean>comparing(
                                tags -> tags.stream().anyMatch(isChosen))
                        .thenComparingLong(FilterChoices::sum)
                        .reversed())
                .limit(MOST_CATEGORIES)
                .map(tags -> tags.stream().filter(isChosen.negate()).toList())
                .filter(tags -> !tags.isEmpty())
                .sorted(Comparator.<List<Facets.TagCount>>comparingInt(List::size)
                        .thenComparingLong(FilterChoices::sum)
                        .reversed())
                .map(tags -> ofCategory(tags, reading, address))
                .toList();
    }

    private static long sum(List<Facets.TagCount> tags) {
        return tags.stream().mapToLong(Facets.TagCount::count).sum();
    }

    /** Returns the tags of one category. The list must not be empty. */
    static FilterChoices ofCategory(
            List<Facets.TagCount> counts, ReadingLanguages reading, Function<String, String> address) {
        Tag any = counts.get(0).tag().tag();
        return of(
                reading.category(any),
                counts.stream()
                        .map(counted -> new Choice(
                                reading.name(counted.tag().tag()),
                                counted.count(),
                                address.apply(counted.tag().slug().value())))
                        .toList());
    }

    static FilterChoices byLanguage(
            Text title, List<Facets.LanguageCount> counts, ReadingLanguages reading, Function<String, String> address) {
        return of(
                title,
                counts.stream()
                        .map(counted -> new Choice(
                                new Text(
                                        reading.words().language(),
                                        reading.words().languageName(counted.language())),
                                counted.count(),
                                address.apply(counted.language())))
                        .toList());
    }

    static FilterChoices bySource(
            Text title, List<Facets.SourceCount> counts, Text here, Function<String, String> address) {
        return of(
                title,
                counts.stream()
                        .limit(MOST_SOURCES)
                        .map(counted -> new Choice(
                                sourceName(counted, here), counted.count(), address.apply(key(counted.source()))))
                        .toList());
    }

    static Text sourceName(Facets.SourceCount counted, Text here) {
        return counted.source() instanceof Source.Here
                ? here
                : new Text(here.language(), Excerpt.of(counted.name(), LONGEST_NAME));
    }

    /** Returns the source as a parameter value of the search address. */
    static String key(Source source) {
        return source instanceof Source.Maker maker ? maker.host() : SearchFilters.HERE;
    }
}
