package org.librarypeers.domain;

/**
 * The key of another library's bundles, and whether an administrator has confirmed that it belongs to that library.
 *
 * @param key the public key
 * @param confirmed whether an administrator has compared the fingerprint; bundles of an unconfirmed key are not read
 */
public record TrustedKey(BundleKey key, boolean confirmed) {

    /** Returns a key that an administrator has confirmed. */
    public static TrustedKey confirmed(BundleKey key) {
        return new TrustedKey(key, true);
    }

    /** Returns the same key without the confirmation. */
    TrustedKey unconfirmed() {
        return new TrustedKey(key, false);
    }
}
