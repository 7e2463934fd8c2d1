package org.librarypeers.domain;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The identity that travels from library to library and is never reassigned. Ordered by its text, which is always
 * lower case with hyphens.
 *
 * @param value the UUID
 */
public record Guid(UUID value) implements Comparable<Guid> {

    private static final Pattern CANONICAL =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    /**
     * Reads a GUID.
     *
     * @param text the canonical form with hyphens; upper case is accepted
     * @throws IllegalArgumentException if it is not of that form
     */
    public static Guid of(String text) {
        return parse(text)
                .orElseThrow(
                        () -> new IllegalArgumentException("guid " + Checks.shown(text) + " is no UUID with hyphens"));
    }

    /** As {@link #of}; nothing if the text is not of that form. */
    public static Optional<Guid> parse(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        return CANONICAL.matcher(lower).matches() ? Optional.of(new Guid(UUID.fromString(lower))) : Optional.empty();
    }

    /** A new GUID that nobody else has. */
    public static Guid random() {
        return new Guid(UUID.randomUUID());
    }

    /** The GUID that every library derives for a tag that arrived without one. */
    public static Guid ofTag(String category, String name) {
        return named("tag", category, name);
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
