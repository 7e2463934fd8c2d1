package org.librarypeers.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.storage.InboxFilter;

/** The filter by tags, which the contract leaves to storages that offer the numbers of the tags. */
final class SqliteReviewQueueTest {

    @Test
    void tags_are_numbered_in_the_order_in_which_they_were_added(@TempDir Path directory) {
        Resource water = tagged("Water");
        Resource soap = tagged("Soap");
        try (SqliteStorage storage = SqliteStorage.open(directory.resolve("library.db"))) {
            storage.resources().save(water);
            storage.resources().save(soap);

            assertThat(storage.reviewQueue().page(InboxFilter.Kind.PENDING, new InboxFilter(null, 1L, null), null, 9))
                    .containsExactly(water.guid());
            assertThat(storage.reviewQueue().page(InboxFilter.Kind.PENDING, new InboxFilter(null, 2L, null), null, 9))
                    .containsExactly(soap.guid());
            assertThat(storage.reviewQueue().counts(new InboxFilter(null, 3L, null)))
                    .containsEntry(InboxFilter.Kind.PENDING, 0L);
        }
    }

    private static Resource tagged(String name) {
        return Samples.local(Samples.titled(name).toBuilder()
                .tags(List.of(Tag.of("Topic", name)))
                .build());
    }
}
