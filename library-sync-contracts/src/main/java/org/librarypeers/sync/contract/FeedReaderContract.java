package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.librarypeers.sync.library.LibraryStorage;

/** Contract tests of {@link org.librarypeers.sync.catalogue.FeedReaders}. */
abstract class FeedReaderContract extends StorageContract<LibraryStorage> {

    @Test
    void an_account_may_have_fetched_what_is_not_later_than_what_was_served_to_it() {
        assertThat(storage.feedReaders().possibleReaders(Samples.NOON)).isZero();

        storage.feedReaders().served("one", Samples.NOON, Samples.NOON.plusSeconds(90));
        storage.feedReaders().served("two", Samples.NOON.plusSeconds(1), Samples.NOON.plusSeconds(90));
        storage.feedReaders().served("two", Samples.NOON.minusSeconds(1), Samples.NOON.plusSeconds(91));

        assertThat(storage.feedReaders().possibleReaders(Samples.NOON)).isEqualTo(2);
        assertThat(storage.feedReaders().possibleReaders(Samples.NOON.plusNanos(1_000)))
                .isEqualTo(1);
        assertThat(storage.feedReaders().possibleReaders(Samples.NOON.plusSeconds(2)))
                .isZero();
        storage.feedReaders().served("one", Samples.NOON.plusSeconds(2), Samples.NOON.plusSeconds(92));
        assertThat(storage.feedReaders().possibleReaders(Samples.NOON.plusSeconds(2)))
                .isEqualTo(1);
    }
}
