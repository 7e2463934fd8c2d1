package org.librarypeers.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 hashes, as lower-case hexadecimal digits. */
public final class Sha256 {

    private Sha256() {}

    /** Returns a new digest, for input that arrives in parts. */
    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform does not support SHA-256", e);
        }
    }

    /** Completes the digest and returns its 64 digits. */
    public static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Returns the 64 digits of the hash of these bytes. */
    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(newDigest().digest(bytes));
    }

    /** Returns the 64 digits of the hash of a text in UTF-8. */
    public static String hex(String text) {
        return hex(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns the first 32 digits of the hash of these bytes. They distinguish contents, but do not protect against
     * deliberate collisions.
     */
    public static String shortHex(byte[] bytes) {
        return hex(bytes).substring(0, 32);
    }
}
