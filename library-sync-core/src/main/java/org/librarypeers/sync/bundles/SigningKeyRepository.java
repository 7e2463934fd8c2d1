package org.librarypeers.sync.bundles;

import java.util.Optional;

/**
 * The key pair with which this library signs its bundles. There is at most one, and it never changes. The private key is stored in a
 * form that is useless to someone who can only read the storage.
 */
public interface SigningKeyRepository {

    /** Returns the key. Empty if this library never wrote a bundle. */
    Optional<SigningKey> find();

    /**
     * Saves a key unless there is one already. If several processes do this at the same time, the first to commit decides.
     *
     * @return the saved key, which is the earlier one if there was one
     */
    SigningKey saveFirst(SigningKey key);
}
