package org.librarypeers.app.accounts;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** The hashes of passwords that Django stores by default: {@code pbkdf2_sha256$<iterations>$<salt>$<hash>}. */
final class DjangoPassword {

    /** More iterations than any version of Django uses. Above that, a stored hash could block a sign-in. */
    private static final int MOST_ITERATIONS = 10_000_000;

    private static final Map<String, String> ALGORITHMS =
            Map.of("pbkdf2_sha256", "PBKDF2WithHmacSHA256", "pbkdf2_sha1", "PBKDF2WithHmacSHA1");

    private static final Pattern FORM = Pattern.compile(
            "(?<algorithm>pbkdf2_sha256|pbkdf2_sha1)\\$(?<iterations>[1-9]\\d{0,7})\\$(?<salt>[^$]{1,200})"
                    + "\\$(?<hash>[A-Za-z0-9+/]{20,100}={0,2})");

    private static final int BITS = 8;

    private DjangoPassword() {}

    /** Returns whether this is such a hash. */
    static boolean isHash(String hash) {
        return parts(hash).isPresent();
    }

    private static Optional<Matcher> parts(String hash) {
        Matcher parts = FORM.matcher(hash);
        return parts.matches()
                        && Integer.parseInt(parts.group("iterations")) <= MOST_ITERATIONS
                        && isBase64(parts.group("hash"))
                ? Optional.of(parts)
                : Optional.empty();
    }

    private static boolean isBase64(String text) {
        try {
            return Base64.getDecoder().decode(text).length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Returns whether the password has this hash. */
    static boolean matches(String password, String hash) {
        Matcher parts = parts(hash).orElseThrow(() -> new IllegalArgumentException("not a password hash of Django"));
        try {
            byte[] expected = Base64.getDecoder().decode(parts.group("hash"));
            PBEKeySpec key = new PBEKeySpec(
                    password.toCharArray(),
                    parts.group("salt").getBytes(StandardCharsets.UTF_8),
                    Integer.parseInt(parts.group("iterations")),
                    expected.length * BITS);
            byte[] actual = SecretKeyFactory.getInstance(ALGORITHMS.get(parts.group("algorithm")))
                    .generateSecret(key)
                    .getEncoded();
            return MessageDigest.isEqual(expected, actual);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has PBKDF2", e);
        }
    }
}
