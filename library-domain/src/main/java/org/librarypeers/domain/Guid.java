package org.librarypeers.domain;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The identity that travels from library to library and is never reassigned. Ordered by its text, which is always
 * lower case with hyphens.
 *
 * @param value the UUID
 */
public record Guid(UUID value) implements Comparable<Guid> {

    /** 32 hexadecimal digits in five groups, with hyphens between all of them or none. */
    private static final Pattern DIGITS =
            Pattern.compile("([0-9a-f]{8})(-?)([0-9a-f]{4})\\2([0-9a-f]{4})\\2([0-9a-f]{4})\\2([0-9a-f]{12})");

    /**
     * Reads a GUID.
     *
     * @param text the canonical form with hyphens; upper case, braces around it, {@code urn:uuid:} or {@code uuid:} in front of
     *     it, and no hyphens at all are accepted
     * @throws IllegalArgumentException if it is not of that form
     */
    public static Guid of(String text) {
        return parse(text)
                .orElseThrow(() -> new IllegalArgumentException("guid " + Checks.shown(text)
                        + " is not a UUID; expected is one such as 0b6d1b1c-5d6e-4c0e-9a52-0f2d8f6f3a11"));
    }

    /** As {@link #of}; returns nothing if the text is not of that form. */
    public static Optional<Guid> parse(String text) {
        String plain = text.strip().toLowerCase(Locale.ROOT);
        if (plain.startsWith("{") && plain.endsWith("}")) {
            plain = plain.substring(1, plain.length() - 1).strip();
        }
        plain = plain.startsWith("urn:") ? plain.substring("urn:".length()) : plain;
        plain = plain.startsWith("uuid:") ? plain.substring("uuid:".length()) : plain;
        Matcher digits = DIGITS.matcher(plain);
        return digits.matches()
                ? Optional.of(new Guid(UUID.fromString(digits.replaceFirst("$1-$3-$4-$5-$6"))))
                : Optional.empty();
    }

    /** A new GUID that nobody else has. */
    public static Guid random() {
        return new Guid(UUID.randomUUID());
    }

    /** Returns the GUID that every library derives for a tag that arrived without one, however it is spelled. */
    public static Guid ofTag(String category, String name) {
        return named("tag", Spelling.folded(category), Spelling.folded(name));
    }

    /** The GUID that every library derives for a link or file, of the resource {@code owner}, that arrived without one. */
    public static Guid ofPart(Guid owner, String url) {
        return named("part", owner.toString(), url);
    }

    /** Name-based (version 3), over length-prefixed parts so that no two lists of parts read alike. */
    private static Guid named(String... parts) {
        StringBuilder name = new StringBuilder();
        for (String part : parts) {
            name.append(part.length()).append(':').append(part);
        }
        return new Guid(UUID.nameUUIDFromBytes(name.toString().getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public int compareTo(Guid other) {
        int first = Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
        return first != 0
                ? first
                : Long.compareUnsigned(value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
