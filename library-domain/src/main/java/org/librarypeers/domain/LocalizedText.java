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

/**
 * A text in any number of languages. Languages without a visible text are absent.
 *
 * @param texts the texts by language code, ordered by code; codes are lower case with hyphens ({@code en},
 *     {@code pt-br})
 */
public record LocalizedText(Map<String, String> texts) {

    /** The maximum length of the text in one language, in characters. */
    public static final int MAX_LENGTH = 200_000;

    private static final int MAX_LANGUAGE = 35;
    private static final int MIN_SUBTAG = 2;
    private static final int MAX_PRIMARY = 3;
    private static final int MAX_SUBTAG = 8;
    private static final LocalizedText EMPTY = new LocalizedText(Map.of());

    /**
     * Removes texts without visible characters and normalizes the others ({@link Spelling#normalized}).
     *
     * @throws IllegalArgumentException if a language code is invalid, or if a text is too long or cannot be stored
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

    /** Returns the empty text, which has no languages. */
    public static LocalizedText empty() {
        return EMPTY;
    }

    /** Returns a text in one language. If the text is blank, the result is empty. */
    public static LocalizedText of(String language, String text) {
        return new LocalizedText(Map.of(language, text));
    }

    /** Returns a copy of this text with the given text in one language. A blank text removes the language. */
    public LocalizedText with(String language, String text) {
        Map<String, String> changed = new TreeMap<>(texts);
        changed.put(language(language), text);
        return new LocalizedText(changed);
    }

    /** Returns a copy without characters that override the text direction. */
    LocalizedText withoutOverrides() {
        if (texts.values().stream().allMatch(text -> text.equals(Spelling.withoutOverrides(text)))) {
            return this;
        }
        Map<String, String> plain = new TreeMap<>();
        texts.forEach((language, text) -> plain.put(language, Spelling.withoutOverrides(text)));
        return new LocalizedText(plain);
    }

    /** Returns a copy with only the languages that match the predicate. */
    public LocalizedText only(Predicate<String> language) {
        Map<String, String> kept = new TreeMap<>(texts);
        kept.keySet().removeIf(language.negate());
        return new LocalizedText(kept);
    }

    /** Returns the text in exactly this language. */
    public Optional<String> in(String language) {
        return Optional.ofNullable(texts.get(language));
    }

    /**
     * Returns the text in the first of these languages that has one, otherwise in any language, otherwise the empty
     * string.
     */
    public String best(List<String> languages) {
        return bestLanguage(languages).map(texts::get).orElse("");
    }

    /**
     * Returns the first of these languages that has a text, otherwise any language that has one. Empty if this text is
     * empty.
     */
    public Optional<String> bestLanguage(List<String> preferred) {
        return preferred.stream()
                .filter(texts::containsKey)
                .findFirst()
                .or(() -> texts.keySet().stream().findFirst());
    }

    /** Returns the codes of the languages that have a text, in alphabetical order. */
    public Set<String> languages() {
        return texts.keySet();
    }

    /** Returns whether this text has no languages. */
    public boolean isEmpty() {
        return texts.isEmpty();
    }

    /**
     * Returns a language code in canonical form: lower case with hyphens.
     *
     * @throws IllegalArgumentException if the code is invalid
     */
    public static String language(String code) {
        String language = code.strip().toLowerCase(Locale.ROOT).replace('_', '-');
        if (language.length() > MAX_LANGUAGE || !isLanguage(language)) {
            throw new IllegalArgumentException(
                    "language code " + Checks.shown(code) + " is not valid; use a form such as en or pt-br");
        }
        return language;
    }

    /**
     * Returns whether a text has the form of a language code, of any length: two or three lower-case letters, then any
     * number of subtags of two to eight lower-case letters and digits, each after a hyphen.
     */
    public static boolean isLanguage(String code) {
        int start = 0;
        for (int i = 0; i <= code.length(); i++) {
            char c = i == code.length() ? '-' : code.charAt(i);
            if (c == '-') {
                if (i - start < MIN_SUBTAG || i - start > (start == 0 ? MAX_PRIMARY : MAX_SUBTAG)) {
                    return false;
                }
                start = i + 1;
            } else if ((c < 'a' || c > 'z') && (start == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    /** Returns this text. Throws if the text in one of its languages exceeds the maximum length. */
    LocalizedText within(String field, int maxLength) {
        texts.forEach((language, text) -> Checks.storable(field + "_" + language, text, maxLength));
        return this;
    }
}
