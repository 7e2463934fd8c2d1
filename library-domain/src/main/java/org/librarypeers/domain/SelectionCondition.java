package org.librarypeers.domain;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A condition of a {@link SelectionRule}. Its text is a kind and a value, for example {@code category:"Infection control"},
 * {@code language:fr} or {@code updated>=2024-01-01}.
 *
 * @param kind what the condition is about
 * @param value what an offer must have, see {@link Kind}
 */
public record SelectionCondition(Kind kind, String value) {

    /** The maximum length of a value, in characters. */
    public static final int MAX_VALUE = 200;

    /** Values that need no quotes, unless they contain white space. */
    private static final Pattern PLAIN = Pattern.compile("[^\"\\\\]+");

    /** The kind of a condition. The declaration order is the order in which conditions are listed. */
    public enum Kind {
        /** A tag of the offer is in this category. Independent of case and accents; in any language. */
        CATEGORY("category:"),
        /** The offer has a tag with this name. Independent of case and accents; in any language. */
        TAG("tag:"),
        /** The offer can be read in this language, or in a variant of it: {@code pt} includes {@code pt-br}. */
        LANGUAGE("language:"),
        /** The offer has a link or file of this {@linkplain MaterialType#word type}, such as {@code video}. */
        TYPE("type:"),
        /** This text is a part of the title. Independent of case and accents; in any language. */
        TEXT("text:"),
        /** The peer changed the offer on this day or later. */
        UPDATED_SINCE("updated>="),
        /** The peer changed the offer before this day. */
        UPDATED_BEFORE("updated<");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }

        /** Returns the text before the value, with which a condition begins. */
        public String prefix() {
            return prefix;
        }
    }

    /**
     * Validates the condition. Brings language codes, types and dates into their usual form.
     *
     * @throws IllegalArgumentException if the value is missing, too long, or not a valid language code, type or date
     */
    public SelectionCondition {
        value = Checks.line(kind.prefix() + " value", value, MAX_VALUE);
        value = switch (kind) {
            case CATEGORY, TAG, TEXT -> value;
            case LANGUAGE -> LocalizedText.language(value);
            case TYPE -> type(value);
            case UPDATED_SINCE, UPDATED_BEFORE -> date(value).toString();
        };
    }

    private static String type(String value) {
        return MaterialType.ofWord(value.toLowerCase(Locale.ROOT))
                .map(MaterialType::word)
                .orElseThrow(() -> new IllegalArgumentException("'" + value + "' is not a type; use one of "
                        + Arrays.stream(MaterialType.values())
                                .map(MaterialType::word)
                                .collect(Collectors.joining(", "))));
    }

    private static LocalDate date(String value) {
        try {
            return LocalDate.parse(value);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + value + "' is not a date; use the form 2024-01-31", e);
        }
    }

    /**
     * Returns the condition with this text. The value may be in double quotes.
     *
     * @throws IllegalArgumentException if the text is not a condition
     */
    public static SelectionCondition parse(String text) {
        String stripped = Spelling.trimmed(text);
        Kind kind = kindOf(stripped)
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not a condition; it must begin with "
                        + Arrays.stream(Kind.values()).map(Kind::prefix).collect(Collectors.joining(", "))));
        return new SelectionCondition(
                kind, unquoted(stripped.substring(kind.prefix().length())));
    }

    /** Returns the kind with whose prefix a text begins, independent of case. */
    static Optional<Kind> kindOf(String text) {
        return Arrays.stream(Kind.values())
                .filter(kind -> text.regionMatches(
                        true, 0, kind.prefix(), 0, kind.prefix().length()))
                .findFirst();
    }

    private static String unquoted(String value) {
        if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
            return value;
        }
        return value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1");
    }

    /** Returns whether an offer with these facts meets this condition. An offer without a known date meets none about dates. */
    public boolean matches(OfferFacts facts) {
        return switch (kind) {
            case CATEGORY -> isAmong(facts.categories());
            case TAG -> isAmong(facts.tags());
            case LANGUAGE ->
                facts.languages().stream()
                        .anyMatch(language -> language.equals(value) || language.startsWith(value + "-"));
            case TYPE -> facts.types().contains(value);
            case TEXT -> isPartOf(facts.title().texts().values());
            case UPDATED_SINCE -> facts.updated() != null && !facts.updated().isBefore(LocalDate.parse(value));
            case UPDATED_BEFORE -> facts.updated() != null && facts.updated().isBefore(LocalDate.parse(value));
        };
    }

    private boolean isAmong(Collection<String> names) {
        String plain = PlainLetters.of(value);
        return names.stream().anyMatch(name -> PlainLetters.of(name).equals(plain));
    }

    private boolean isPartOf(Collection<String> texts) {
        String plain = PlainLetters.of(value);
        return texts.stream().anyMatch(text -> PlainLetters.of(text).contains(plain));
    }

    /** Returns the text of this condition, which {@link #parse} reads. */
    @Override
    public String toString() {
        boolean isPlain = PLAIN.matcher(value).matches() && value.chars().noneMatch(Character::isWhitespace);
        return kind.prefix() + (isPlain ? value : '"' + value.replaceAll("([\"\\\\])", "\\\\$1") + '"');
    }
}
