package org.librarypeers.domain;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A resource's readable part of an address. Given once, when the resource arrives, and kept, so that addresses stay.
 *
 * @param value lower-case letters, digits and hyphens
 */
public record Slug(String value) {

    private static final Pattern FORM = Pattern.compile("[a-z0-9_]+(-[a-z0-9_]+)*");
    private static final int MAX_WORDS = 60;
    private static final int MAX_LENGTH = 200;

    /**
     * Checks the slug.
     *
     * @throws IllegalArgumentException if it is not lower-case letters, digits and single hyphens
     */
    public Slug {
        if (value.length() > MAX_LENGTH || !FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "slug " + Checks.shown(value) + " is not made of lower-case letters, digits and single hyphens");
        }
    }

    /** The words of the title as far as they are Latin, then a part of the GUID, so that equal titles differ. */
    public static Slug of(String title, Guid guid) {
        String words = Normalizer.normalize(title, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-");
        if (words.length() > MAX_WORDS) {
            words = words.substring(0, Math.max(words.lastIndexOf('-', MAX_WORDS), 1));
        }
        String slug = words + "-" + guid.toString().substring(0, 8);
        return new Slug(slug.replaceAll("-+", "-").replaceAll("^-|-$", ""));
    }

    @Override
    public String toString() {
        return value;
    }
}
