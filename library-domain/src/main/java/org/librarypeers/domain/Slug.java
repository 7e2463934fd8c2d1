package org.librarypeers.domain;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The readable part of a resource's address. It is assigned when the resource is added and never changes, so that
 * addresses stay valid.
 *
 * @param value lower-case letters, digits, underscores and single hyphens; at most 200 characters
 */
public record Slug(String value) {

    private static final Pattern MARKS = Pattern.compile("\\p{M}");
    private static final Pattern NO_LETTERS = Pattern.compile("[^a-z0-9]+");
    private static final Pattern FORM = Pattern.compile("[a-z0-9_]+(-[a-z0-9_]+)*");
    /** The maximum length of a new slug, in characters, as on existing sites. */
    private static final int MAX_GIVEN = 100;

    /** The maximum length of an existing slug, in characters. */
    private static final int MAX_LENGTH = 200;

    /**
     * Validates the slug.
     *
     * @throws IllegalArgumentException if the value is empty or too long, or contains anything other than lower-case
     *     letters, digits, underscores and single hyphens
     */
    public Slug {
        if (!isSlug(value)) {
            throw new IllegalArgumentException(
                    "slug " + Checks.shown(value) + " is not valid; use lower-case letters, digits and single hyphens");
        }
    }

    /** Returns the slug with this text. Empty if the text is not a valid slug. */
    public static Optional<Slug> parse(String text) {
        return isSlug(text) ? Optional.of(new Slug(text)) : Optional.empty();
    }

    private static boolean isSlug(String text) {
        return text.length() <= MAX_LENGTH && FORM.matcher(text).matches();
    }

    /**
     * Returns a slug from the Latin words of the title, or from a part of the GUID if there are none. Different titles
     * may yield the same slug.
     */
    public static Slug of(String title, Guid guid) {
        String words = words(title);
        return new Slug(words.isEmpty() ? part(guid) : words);
    }

    /** Returns this slug with a part of the GUID appended, to make it unique. */
    public Slug with(Guid guid) {
        String part = "-" + part(guid);
        String words = value.length() + part.length() > MAX_GIVEN
                ? value.substring(0, MAX_GIVEN - part.length()).replaceAll("-+$", "")
                : value;
        return new Slug(words + part);
    }

    private static String words(String title) {
        String letters = MARKS.matcher(Normalizer.normalize(title, Normalizer.Form.NFKD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
        String words = withoutEdges(NO_LETTERS.matcher(letters).replaceAll("-"));
        if (words.length() <= MAX_GIVEN) {
            return words;
        }
        int end = words.lastIndexOf('-', MAX_GIVEN);
        return words.substring(0, end < 0 ? MAX_GIVEN : end);
    }

    /** Returns the words without a hyphen at their beginning and end. */
    private static String withoutEdges(String words) {
        int start = words.startsWith("-") ? 1 : 0;
        return words.substring(start, Math.max(start, words.length() - (words.endsWith("-") ? 1 : 0)));
    }

    private static String part(Guid guid) {
        return guid.toString().substring(0, 8);
    }

    @Override
    public String toString() {
        return value;
    }
}
