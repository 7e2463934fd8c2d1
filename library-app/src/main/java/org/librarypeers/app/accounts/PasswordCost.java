package org.librarypeers.app.accounts;

/**
 * The cost of hashing a password with Argon2id.
 *
 * @param kibibytes the memory that one hash fills, in KiB; at least 8
 * @param passes the number of passes over the memory; at least 1
 */
public record PasswordCost(int kibibytes, int passes) {

    /** The cost that OWASP recommends for one lane. */
    public static final PasswordCost DEFAULT = new PasswordCost(19_456, 2);

    private static final int LEAST_KIBIBYTES = 8;

    public PasswordCost {
        if (kibibytes < LEAST_KIBIBYTES) {
            throw new IllegalArgumentException(
                    "kibibytes is " + kibibytes + "; it must be at least " + LEAST_KIBIBYTES);
        }
        if (passes < 1) {
            throw new IllegalArgumentException("passes is " + passes + "; it must be at least 1");
        }
    }
}
