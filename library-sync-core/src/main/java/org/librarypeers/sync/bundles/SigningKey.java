package org.librarypeers.sync.bundles;

import java.time.Instant;
import org.librarypeers.domain.BundleKey;

/**
 * The key pair with which a library signs its bundles. {@link #toString} does not reveal the private key.
 *
 * @param publicKey the public key, which others confirm
 * @param privateKey the private key as an encoded text; its form is known to the program that signs
 * @param created when it was generated
 */
public record SigningKey(BundleKey publicKey, String privateKey, Instant created) {

    /** Returns the fingerprint of the public key. */
    @Override
    public String toString() {
        return "SigningKey[" + publicKey.fingerprint() + "]";
    }
}
