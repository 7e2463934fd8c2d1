package org.librarypeers.sync.inmemory;

import java.time.Instant;
import org.librarypeers.sync.catalogue.FeedReaders;

/** The accounts that have read this library, with the latest update date that was served to each. */
record InMemoryFeedReaders(InMemoryStorage storage) implements FeedReaders {

    @Override
    public void served(String account, Instant newest, Instant now) {
        storage.change(
                tables -> tables.readers.merge(account, newest, (old, later) -> later.isAfter(old) ? later : old));
    }

    @Override
    public long possibleReaders(Instant updated) {
        return storage.<Long>with(tables -> tables.readers.values().stream()
                .filter(newest -> !newest.isBefore(updated))
                .count());
    }
}
