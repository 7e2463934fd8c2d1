package org.librarypeers.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The public key with which a library signs its bundles. It is not a secret.
 *
 * @param hex the 32 bytes of an Ed25519 public key, as 64 hexadecimal digits in lower case
 */
public record BundleKey(String hex) {

    private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");
    private static final int FINGERPRINT_BYTES = 16;
    private static final int GROUP = 4;

    /**
     * Validates the key. Whether the bytes are a point of the curve is found out when a signature is verified.
     *
     * @throws IllegalArgumentException if the text does not consist of 64 hexadecimal digits
     */
    public BundleKey {
        hex = hex.strip().toLowerCase(Locale.ROOT);
        if (!KEY.matcher(hex).matches()) {
            throw new IllegalArgumentException("bundle key must be 64 hexadecimal digits, not " + Checks.shown(hex));
        }
    }

    /** Creates a key from its 32 bytes. */
    public static BundleKey of(byte[] key) {
        return new BundleKey(HexFormat.of().formatHex(key));
    }

    /** Returns the 32 bytes of the key. */
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    /**
     * Returns the fingerprint, which people compare: the first half of the SHA-256 digest of the key, as 8 groups of 4
     * hexadecimal digits that are separated by hyphens.
     */
    public String fingerprint() {
        String digits = HexFormat.of().formatHex(Sha256.newDigest().digest(bytes()), 0, FINGERPRINT_BYTES);
        return String.join("-", digits.split("(?<=\\G.{" + GROUP + "})"));
    }

    /** Returns whether a typed text is the complete fingerprint of this key. Case, spaces and separators do not matter. */
    public boolean hasFingerprint(String typed) {
        byte[] digits = typed.replaceAll("[\\s:-]", "").toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(digits, fingerprint().replace("-", "").getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the fingerprint. */
    @Override
    public String toString() {
        return fingerprint();
    }
}
