package org.librarypeers.app.pages;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.Excerpt;
import org.librarypeers.app.web.Visit;
import org.librarypeers.app.web.Words.Text;
import org.librarypeers.domain.LocalizedText;

/**
 * What somebody looks for, as the address of the search says it.
 *
 * @param words what was typed; may be empty
 * @param tags slugs of tags that all results have, as they were asked for
 * @param language code of a language that all results are in; null for any
 * @param source {@value #HERE}, or the host of the library that made all results; null for any
 */
public record Filters(
        String words,
        List<String> tags,
        @Nullable String language,
        @Nullable String source) {

    /** The source of what was made in this library. */
    static final String HERE = "here";

    private static final int LONGEST_WORDS = 300;
    private static final int LONGEST_VALUE = 200;

    /** Each is looked up on its own. */
    private static final int MOST_TAGS = 4;

    /**
     * A filter that is set.
     *
     * @param by what kind of filter it is
     * @param name of what is wanted
     * @param without where it is left out
     */
    public record Chosen(String by, Text name, String without) {}

    /** Keeps a copy. */
    public Filters {
        tags = List.copyOf(tags);
    }

    /** What that address asks for; what cannot be meant is left out. */
    static Filters read(Visit visit) {
        return new Filters(
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

    /** The language of that code as it is kept; null if it is none. */
    static @Nullable String language(String code) {
        try {
            return code.isEmpty() ? null : LocalizedText.language(code);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String line(String value, int longest) {
        return Excerpt.start(value.replaceAll("\\p{Cntrl}+", " ").strip(), longest);
    }

    private static @Nullable String given(String value) {
        return value.isEmpty() ? null : value;
    }

    /** Whether anything but words is asked for. */
    public boolean narrow() {
        return !tags.isEmpty() || language != null || source != null;
    }

    Filters withTag(String slug) {
        return new Filters(words, Stream.concat(tags.stream(), Stream.of(slug)).toList(), language, source);
    }

    Filters withoutTag(String slug) {
        return new Filters(words, tags.stream().filter(tag -> !tag.equals(slug)).toList(), language, source);
    }

    Filters in(@Nullable String code) {
        return new Filters(words, tags, code, source);
    }

    Filters from(@Nullable String place) {
        return new Filters(words, tags, language, place);
    }

    boolean takesMoreTags() {
        return tags.size() < MOST_TAGS;
    }

    /** The address at which only the words are left. */
    public String cleared() {
        return canonical(1);
    }

    /** The address of one page of what the words alone find: the one that search engines are told. */
    public String canonical(int page) {
        return new Filters(words, List.of(), null, null).address(page);
    }

    /** The address of the first page of what this finds. */
    String address() {
        return address(1);
    }

    /** The address of one page of what this finds. */
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
            parts.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }
}
