package org.librarypeers.app.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.http.UrlEncoding;
import org.librarypeers.app.web.Visit;
import org.librarypeers.app.web.Wording.Text;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.MaterialType;
import org.librarypeers.domain.TextCut;
import org.librarypeers.sync.catalogue.BrowseQuery;
import org.librarypeers.sync.catalogue.CatalogueTag;
import org.librarypeers.sync.catalogue.StudyTimeRange;
import org.librarypeers.sync.storage.Source;

/**
 * The search words and filters of a reader, as in the address of the search page.
 *
 * @param words the search words; may be empty
 * @param tags the slugs of the tags that all results must have, in the order of the address
 * @param language the code of the language that all results must have; null for any
 * @param source {@value #HERE}, or the host of the library that made all results; null for any
 * @param type the type of material that all results must have; null for any
 * @param time the range in which the study times of all results must be; null for any
 * @param newest whether the newest results come first, instead of the best ones
 * @param exact whether only resources with all words as they are written are results
 */
public record SearchFilters(
        String words,
        List<String> tags,
        @Nullable String language,
        @Nullable String source,
        @Nullable MaterialType type,
        @Nullable StudyTimeRange time,
        boolean newest,
        boolean exact) {

    /** The source value for resources that were made in this library. */
    static final String HERE = "here";

    /** The filters that find everything. */
    static final SearchFilters NONE = new SearchFilters("", List.of(), null, null);

    private static final String NEWEST = "newest";
    private static final int LONGEST_WORDS = 300;
    private static final int LONGEST_VALUE = 200;

    /** The maximum number of tags. Each of them is looked up with a separate query. */
    private static final int MOST_TAGS = 4;

    /**
     * A filter that is set.
     *
     * @param by the kind of the filter
     * @param name the chosen value
     * @param without the address of the search without this filter
     */
    public record ChosenFilter(String by, Text name, String without) {}

    /** Creates the filters with a copy of the list. */
    public SearchFilters {
        tags = List.copyOf(tags);
    }

    /** Creates the filters for all materials, the best results first. */
    SearchFilters(String words, List<String> tags, @Nullable String language, @Nullable String source) {
        this(words, tags, language, source, null, null, false, false);
    }

    /** Reads the filters from the address. Invalid values are ignored. */
    static SearchFilters read(Visit visit) {
        return new SearchFilters(
                words(visit),
                visit.ctx().queryParams("tag").stream()
                        .map(tag -> line(tag, LONGEST_VALUE))
                        .filter(tag -> !tag.isEmpty())
                        .distinct()
                        .limit(MOST_TAGS)
                        .toList(),
                language(visit.parameter("language")),
                given(line(visit.parameter("source"), LONGEST_VALUE)),
                MaterialType.ofWord(visit.parameter("type")).orElse(null),
                StudyTimeRange.ofWord(visit.parameter("time")).orElse(null),
                visit.parameter("sort").equals(NEWEST),
                visit.parameter("exact").equals("1"));
    }

    /** Reads the search words from the address. */
    static String words(Visit visit) {
        return line(visit.parameter("q"), LONGEST_WORDS);
    }

    /** Returns the normalized form of a language code, or null if the code is empty or invalid. */
    static @Nullable String language(String code) {
        try {
            return code.isEmpty() ? null : LocalizedText.language(code);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String line(String value, int longest) {
        return TextCut.start(value.replaceAll("\\p{Cntrl}+", " ").strip(), longest);
    }

    private static @Nullable String given(String value) {
        return value.isEmpty() ? null : value;
    }

    /** Returns whether any filter other than the search words is set. */
    public boolean narrow() {
        return !tags.isEmpty() || language != null || source != null || type != null || time != null;
    }

    /** Returns the query for approved resources with these words and filters. The tags are those of the address. */
    BrowseQuery query(List<CatalogueTag> found) {
        return BrowseQuery.APPROVED
                .holding(words)
                .tagged(found.stream().map(CatalogueTag::id).collect(Collectors.toSet()))
                .in(language)
                .from(sourceOrNull())
                .ofType(type)
                .taking(time);
    }

    private @Nullable Source sourceOrNull() {
        return source == null ? null : source.equals(HERE) ? new Source.Here() : new Source.Maker(source);
    }

    /** Returns these filters with other words. */
    public SearchFilters meaning(String text) {
        return new SearchFilters(text, tags, language, source, type, time, newest, exact);
    }

    SearchFilters withTag(String slug) {
        return withTags(Stream.concat(tags.stream(), Stream.of(slug)).toList());
    }

    SearchFilters withoutTag(String slug) {
        return withTags(tags.stream().filter(tag -> !tag.equals(slug)).toList());
    }

    private SearchFilters withTags(List<String> slugs) {
        return new SearchFilters(words, slugs, language, source, type, time, newest, exact);
    }

    SearchFilters in(@Nullable String code) {
        return new SearchFilters(words, tags, code, source, type, time, newest, exact);
    }

    SearchFilters from(@Nullable String place) {
        return new SearchFilters(words, tags, language, place, type, time, newest, exact);
    }

    SearchFilters ofType(@Nullable MaterialType material) {
        return new SearchFilters(words, tags, language, source, material, time, newest, exact);
    }

    SearchFilters taking(@Nullable StudyTimeRange range) {
        return new SearchFilters(words, tags, language, source, type, range, newest, exact);
    }

    /** Returns the address with another order. */
    public String sorted(boolean newestFirst) {
        return new SearchFilters(words, tags, language, source, type, time, newestFirst, exact).address();
    }

    /** Returns the address of the search for the words exactly as they are written. */
    public String exactly() {
        return new SearchFilters(words, tags, language, source, type, time, newest, true).address();
    }

    boolean takesMoreTags() {
        return tags.size() < MOST_TAGS;
    }

    /** Returns the address of the search with the words alone. */
    public String cleared() {
        return canonical(1);
    }

    /** Returns the canonical address for search engines: a page of the results for the words alone. */
    public String canonical(int page) {
        return new SearchFilters(words, List.of(), null, null).address(page);
    }

    /** Returns the address of the first page of results. */
    public String address() {
        return address(1);
    }

    /**
     * Returns the address of a page of results.
     *
     * @param page the number of the page, from 1
     */
    String address(int page) {
        List<String> parts = parts();
        add(parts, "sort", newest ? NEWEST : null);
        add(parts, "exact", exact ? "1" : null);
        return address("/search", parts, page);
    }

    /** Returns the address of the Atom feed of the same resources. */
    public String feed() {
        return feed("/feed.atom", 1);
    }

    /**
     * Returns the address of a page of a feed of the same resources.
     *
     * @param path the path of the feed
     * @param page the number of the page, from 1
     */
    String feed(String path, int page) {
        return address(path, parts(), page);
    }

    private List<String> parts() {
        List<String> parts = new ArrayList<>();
        add(parts, "q", words);
        tags.forEach(tag -> add(parts, "tag", tag));
        add(parts, "language", language);
        add(parts, "source", source);
        add(parts, "type", type == null ? null : type.word());
        add(parts, "time", time == null ? null : time.word());
        return parts;
    }

    private static String address(String path, List<String> parts, int page) {
        add(parts, "page", page > 1 ? String.valueOf(page) : null);
        return parts.isEmpty() ? path : path + "?" + String.join("&", parts);
    }

    private static void add(List<String> parts, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            parts.add(UrlEncoding.parameter(name, value));
        }
    }
}
