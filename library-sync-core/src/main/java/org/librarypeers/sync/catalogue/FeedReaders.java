package org.librarypeers.sync.catalogue;

import java.time.Instant;

/**
 * The progress of other libraries in reading this one. For each account of the API, the storage keeps the latest update
 * date of all resources that were served to it. The reader has therefore not fetched any change with a later date.
 * Thread-safe.
 */
public interface FeedReaders {

    /**
     * Records that resources were served to an account. Does nothing if later ones were served before.
     *
     * @param account the name of the account
     * @param newest the latest {@linkplain org.librarypeers.domain.Resource#updated update date} of the resources
     * @param now the current time
     */
    void served(String account, Instant newest, Instant now);

    /**
     * Returns the number of accounts that may have fetched a change.
     *
     * @param updated the {@linkplain org.librarypeers.domain.Resource#updated update date} of the changed resource
     */
    long possibleReaders(Instant updated);
}
