package org.librarypeers.oai;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A digest of several texts. Each is preceded by its length, so that no two lists of texts have the same digest. */
final class Digest {

    private static final int SHOWN_BYTES = 16;

    private final MessageDigest digest;

    Digest() {
        this.digest = algorithm("SHA-256");
    }

    /** Returns an algorithm that every Java runtime has. */
    static MessageDigest algorithm(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(name + " is missing", e);
        }
    }

    Digest add(String text) {
        digest.update((text.length() + ":" + text).getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Returns the digest as 32 hexadecimal digits. Nothing can be added afterwards. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(digest.digest(), 0, SHOWN_BYTES);
    }
}
