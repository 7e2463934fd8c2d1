package org.librarypeers.domain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether two contents are the same without keeping either: a SHA-256 over all that a content says. The order in
 * which tags, links and files are listed does not count, since existing sites list them in no set order.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Fingerprint(String hex) {

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    /**
     * Checks the digits.
     *
     * @throws IllegalArgumentException if they are not 64 lower-case hexadecimal ones
     */
    public Fingerprint {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("fingerprint " + Checks.shown(hex) + " is no SHA-256 in hexadecimal");
        }
    }

    /** Collects what a fingerprint is taken over; every part is preceded by its length, so that parts cannot blur. */
    static final class Builder {
        private final MessageDigest digest;

        Builder() {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }

        Builder add(@Nullable Object part) {
            if (part == null) {
                return count(-1);
            }
            byte[] bytes = part.toString().getBytes(StandardCharsets.UTF_8);
            count(bytes.length);
            digest.update(bytes);
            return this;
        }

        Builder add(LocalizedText text) {
            count(text.texts().size());
            text.texts().forEach((language, words) -> add(language).add(words));
            return this;
        }

        Builder count(int number) {
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
            return this;
        }

        Fingerprint build() {
            return new Fingerprint(HexFormat.of().formatHex(digest.digest()));
        }
    }
}
