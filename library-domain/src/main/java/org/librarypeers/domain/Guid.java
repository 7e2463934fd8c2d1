package org.librarypeers.domain;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of a resource, tag or attachment. It is the same in all libraries and is never reassigned. GUIDs are ordered
 * by their text form, which is in lower case with hyphens.
 *
 * @param value the UUID
 */
public record Guid(UUID value) implements Comparable<Guid> {

    /** 32 hexadecimal digits in five groups, either all or none of them separated by hyphens. */
    private static final int CANONICAL_LENGTH = 36;

    private static final Pattern DIGITS =
            Pattern.compile("([0-9a-f]{8})(-?)([0-9a-f]{4})\\2([0-9a-f]{4})\\2([0-9a-f]{4})\\2([0-9a-f]{12})");

    /**
     * Parses a GUID.
     *
     * @param text the canonical form with hyphens; upper case, surrounding braces, a prefix {@code urn:uuid:} or
     *     {@code uuid:}, and digits without hyphens are also accepted
     * @throws IllegalArgumentException if the text is not a GUID
     */
    public static Guid of(String text) {
        return parse(text)
                .orElseThrow(() -> new InvalidValueException(
                        QuarantineReason.Kind.NO_GUID,
                        "guid " + Checks.shown(text)
                                + " is not a UUID; use a form such as 0b6d1b1c-5d6e-4c0e-9a52-0f2d8f6f3a11"));
    }

    /** Parses a GUID like {@link #of}. Returns an empty {@code Optional} if the text is not a GUID. */
    public static Optional<Guid> parse(String text) {
        if (isCanonical(text)) {
            return Optional.of(new Guid(UUID.fromString(text)));
        }
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

    /** Returns whether a text has the usual form, which needs no closer look. */
    private static boolean isCanonical(String text) {
        if (text.length() != CANONICAL_LENGTH) {
            return false;
        }
        for (int i = 0; i < CANONICAL_LENGTH; i++) {
            char c = text.charAt(i);
            boolean expected = switch (i) {
                case 8, 13, 18, 23 -> c == '-';
                default -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
            };
            if (!expected) {
                return false;
            }
        }
        return true;
    }

    /** Returns a new random GUID. */
    public static Guid random() {
        return new Guid(UUID.randomUUID());
    }

    /**
     * Returns the GUID that every library derives for a tag that was received without a GUID. Different spellings of
     * the same name yield the same GUID.
     */
    public static Guid ofTag(String category, String name) {
        return named("tag", Spelling.folded(category), Spelling.folded(name));
    }

    /**
     * Returns the GUID that every library derives for an attachment that was received without a GUID.
     *
     * @param owner the resource that the attachment belongs to
     * @param url the address of the attachment
     */
    public static Guid ofAttachment(Guid owner, String url) {
        return named("part", owner.toString(), url);
    }

    /**
     * Returns a name-based UUID (version 3). Each part is preceded by its length, so that no two lists of parts yield
     * the same name.
     */
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
