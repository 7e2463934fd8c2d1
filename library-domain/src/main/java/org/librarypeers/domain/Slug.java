package org.librarypeers.domain;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A resource's readable part of an address. Given once, when the resource arrives, and kept, so that addresses stay.
 *
 * @param value lower-case letters, digits and hyphens
 */
public record Slug(String value) {

    private static final Pattern FORM = Pattern.compile("[a-z0-9_]+(-[a-z0-9_]+)*");
    /** The longest slug that is given, in characters, as on existing sites. */
    private static final int MAX_GIVEN = 100;

    /** The longest slug that is read; earlier ones keep their addresses. */
    private static final int MAX_LENGTH = 200;

    /**
     * Checks the slug.
     *
     * @throws IllegalArgumentException if it is not lower-case letters, digits and single hyphens
     */
    public Slug {
        if (!isSlug(value)) {
            throw new IllegalArgumentException(
                    "slug " + Checks.shown(value) + " is not made of lower-case letters, digits and single hyphens");
        }
    }

    /** The slug of that text; nothing if it is none. */
    public static Optional<Slug> parse(String text) {
        return isSlug(text) ? Optional.of(new Slug(text)) : Optional.empty();
    }

    private static boolean isSlug(String text) {
        return text.length() <= MAX_LENGTH && FORM.matcher(text).matches();
    }

    /** The words of the title as far as they are Latin; a part of the GUID if none are. Two titles may give the same. */
    public static Slug of(String title, Guid guid) {
        String words = words(title);
        return new Slug(words.isEmpty() ? part(guid) : words);
    }

    /** This slug with a part of the GUID behind it, so that it differs from that of others. */
    public Slug with(Guid guid) {
        String part = "-" + part(guid);
        String words = value.length() + part.length() > MAX_GIVEN
                ? value.substring(0, MAX_GIVEN - part.length()).replaceAll("-+$", "")
                : value;
        return new Slug(words + part);
    }

    private static String words(String title) {
        String words = Normalizer.normalize(title, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        if (words.length() <= MAX_GIVEN) {
            return words;
        }
        int end = words.lastIndexOf('-', MAX_GIVEN);
        return words.substring(0, end < 0 ? MAX_GIVEN : end);
    }

    private static String part(Guid guid) {
        return guid.toString().substring(0, 8);
    }

    @Override
    public String toString() {
        return value;
    }
}
