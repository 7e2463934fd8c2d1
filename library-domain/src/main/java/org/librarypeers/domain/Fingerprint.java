package org.librarypeers.domain;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A SHA-256 hash of a resource's content, for comparing contents that are not stored. The order of tags and
 * attachments does not count, because existing sites list them in no fixed order.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Fingerprint(String hex) {

    private static final int INITIAL_BYTES = 4_096;
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    /**
     * Validates the digits.
     *
     * @throws IllegalArgumentException if the text is not 64 lower-case hexadecimal digits
     */
    public Fingerprint {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException(
                    "fingerprint " + Checks.shown(hex) + " is not a SHA-256 hash in lower-case hexadecimal digits");
        }
    }

    /**
     * A builder that hashes a sequence of parts. Each part is preceded by its length, so that different sequences never
     * produce the same input.
     */
    static final class Builder {
        private final ByteArrayOutputStream parts = new ByteArrayOutputStream(INITIAL_BYTES);

        Builder add(@Nullable Object part) {
            if (part == null) {
                return count(-1);
            }
            byte[] bytes = part.toString().getBytes(StandardCharsets.UTF_8);
            count(bytes.length);
            parts.writeBytes(bytes);
            return this;
        }

        Builder add(LocalizedText text) {
            count(text.texts().size());
            text.texts().forEach((language, words) -> add(language).add(words));
            return this;
        }

        Builder count(int number) {
            parts.write(number >> 24);
            parts.write(number >> 16);
            parts.write(number >> 8);
            parts.write(number);
            return this;
        }

        Fingerprint build() {
            return new Fingerprint(Sha256.hex(parts.toByteArray()));
        }
    }
}
