package org.librarypeers.app.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.http.UrlEncoding;
import org.librarypeers.app.web.Visit;
import org.librarypeers.app.web.Wording.Text;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.TextCut;

/**
 * The search words and filters of a reader, as in the address of the search page.
 *
 * @param words the search words; may be empty
 * @param tags the slugs of the tags that all results must have, in the order of the address
 * @param language the code of the language that all results must have; null for any
 * @param source {@value #HERE}, or the host of the library that made all results; null for any
 */
public record SearchFilters(
        String words,
        List<String> tags,
        @Nullable String language,
        @Nullable String source) {

    /** The source value for resources that were made in this library. */
    static final String HERE = "here";

    private static final int LONGEST_WORDS = 300;
    private static final int LONGEST_VALUE = 200;

    /** The maximum number of tags. Each is looked up with a separate query. */
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

    /** Reads the filters from the address. Invalid values are ignored. */
    static SearchFilters read(Visit visit) {
        return new SearchFilters(
                line(visit.parameter("q"), LONGEST_WORDS),
                visit.ctx().queryParams("tag").stream()
                        .map(tag -> line(tag, LONGEST_VALUE))
                        .filter(tag -> !tag.isEmpty())
                        .distinct()
                        .limit(MOST_TAGS)
                        .toList(),
                language(visit.parameter("language")),
                given(line(visit.parameter("source"), LONGEST_VALUE)));
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
        return !tags.isEmpty() || language != null || source != null;
    }

    SearchFilters withTag(String slug) {
        return new SearchFilters(
                words, Stream.concat(tags.stream(), Stream.of(slug)).toList(), language, source);
    }

    SearchFilters withoutTag(String slug) {
        return new SearchFilters(
                words, tags.stream().filter(tag -> !tag.equals(slug)).toList(), language, source);
    }

    SearchFilters in(@Nullable String code) {
        return new SearchFilters(words, tags, code, source);
    }

    SearchFilters from(@Nullable String place) {
        return new SearchFilters(words, tags, language, place);
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
    String address() {
        return address(1);
    }

    /**
     * Returns the address of a page of results.
     *
     * @param page the number of the page, from 1
     */
    String address(int page) {
        List<String> parts = new ArrayList<>();
        add(parts, "q", words);
        tags.forEach(tag -> add(parts, "tag", tag));
        add(parts, "language", language);
        add(parts, "source", source);
        add(parts, "page", page > 1 ? String.valueOf(page) : null);
        return parts.isEmpty() ? "/search" : "/search?" + String.join("&", parts);
    }

    private static void add(List<String> parts, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            parts.add(UrlEncoding.parameter(name, value));
        }
    }
}
