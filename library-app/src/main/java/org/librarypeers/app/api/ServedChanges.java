package org.librarypeers.app.api;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.catalogue.FeedReaders;
import org.librarypeers.sync.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records how far each account has read this library, before it gets the answer. It writes one row per answer, and only if
 * the answer has a later change than all before: an account that finds nothing new costs nothing. Thread-safe.
 */
final class ServedChanges {

    private static final Logger LOG = LoggerFactory.getLogger(ServedChanges.class);

    private final FeedReaders readers;
    private final Clock clock;

    /** The latest change recorded for each account that this process knows. */
    private final Map<UserName, Instant> recorded = new ConcurrentHashMap<>();

    ServedChanges(FeedReaders readers, Clock clock) {
        this.readers = readers;
        this.clock = clock;
    }

    /** Records that resources with these update dates are served to the account. */
    void serve(Account account, Stream<Instant> updates) {
        updates.max(Comparator.naturalOrder())
                .filter(newest -> newest.isAfter(recorded.getOrDefault(account.name(), Instant.MIN)))
                .ifPresent(newest -> serve(account, newest));
    }

    private void serve(Account account, Instant newest) {
        try {
            readers.served(account.name().value(), newest, clock.instant());
            recorded.merge(account.name(), newest, (one, other) -> one.isAfter(other) ? one : other);
        } catch (StorageException e) {
            // A peer that can be answered is answered, for example by a database that is read-only for a moment.
            LOG.warn("How far {} has read this library could not be recorded", account.name(), e);
        }
    }
}
