package org.librarypeers.domain;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * One text in any number of languages. A language in which there is no text is absent: there are no texts that show
 * nothing.
 *
 * @param texts the texts by language code, lower case with hyphens ({@code en}, {@code pt-br}), in the order of the
 *     codes
 */
public record LocalizedText(Map<String, String> texts) {

    /** The longest text in one language, in characters. */
    public static final int MAX_LENGTH = 200_000;

    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(-[a-z0-9]{2,8})*");
    private static final int MAX_LANGUAGE = 35;
    private static final LocalizedText EMPTY = new LocalizedText(Map.of());

    /**
     * Leaves out texts that show nothing and normalizes the others ({@link Spelling#normalized}).
     *
     * @throws IllegalArgumentException if a language code is none, or a text cannot be stored
     */
    public LocalizedText {
        SortedMap<String, String> kept = new TreeMap<>();
        texts.forEach((language, text) -> {
            if (Spelling.isVisible(text)) {
                kept.put(language(language), Checks.storable("text", Spelling.normalized(text), MAX_LENGTH));
            }
        });
        texts = Collections.unmodifiableSortedMap(kept);
    }

    /** No text in any language. */
    public static LocalizedText empty() {
        return EMPTY;
    }

    /** A text in one language; blank for none. */
    public static LocalizedText of(String language, String text) {
        return new LocalizedText(Map.of(language, text));
    }

    /** This text, and in that language the given one; a blank one takes the language out. */
    public LocalizedText with(String language, String text) {
        Map<String, String> changed = new TreeMap<>(texts);
        changed.put(language(language), text);
        return new LocalizedText(changed);
    }

    /** Returns these texts without the characters that turn the direction of what follows. */
    LocalizedText withoutOverrides() {
        if (texts.values().stream().allMatch(text -> text.equals(Spelling.withoutOverrides(text)))) {
            return this;
        }
        Map<String, String> plain = new TreeMap<>();
        texts.forEach((language, text) -> plain.put(language, Spelling.withoutOverrides(text)));
        return new LocalizedText(plain);
    }

    /** What there is of this text in the languages that pass. */
    public LocalizedText only(Predicate<String> language) {
        Map<String, String> kept = new TreeMap<>(texts);
        kept.keySet().removeIf(language.negate());
        return new LocalizedText(kept);
    }

    /** The text in exactly that language. */
    public Optional<String> in(String language) {
        return Optional.ofNullable(texts.get(language));
    }

    /** The text in the first of these languages that has one, else in any language, else the empty string. */
    public String best(List<String> languages) {
        return bestLanguage(languages).map(texts::get).orElse("");
    }

    /** Returns the first of these languages that has a text, else any that has one. */
    public Optional<String> bestLanguage(List<String> preferred) {
        return preferred.stream()
                .filter(texts::containsKey)
                .findFirst()
                .or(() -> texts.keySet().stream().findFirst());
    }

    /** The languages that have a text, in the order of their codes. */
    public Set<String> languages() {
        return texts.keySet();
    }

    /** Whether there is no text in any language. */
    public boolean isEmpty() {
        return texts.isEmpty();
    }

    /**
     * A language code as it is kept: lower case, hyphens.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static String language(String code) {
        String language = code.strip().toLowerCase(Locale.ROOT).replace('_', '-');
        if (language.length() > MAX_LANGUAGE || !LANGUAGE.matcher(language).matches()) {
            throw new IllegalArgumentException("language code " + Checks.shown(code) + " is none such as en or pt-br");
        }
        return language;
    }

    /** This text, if none of its languages is longer than that. */
    LocalizedText within(String field, int maxLength) {
        texts.forEach((language, text) -> Checks.storable(field + "_" + language, text, maxLength));
        return this;
    }
}
