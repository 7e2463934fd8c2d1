package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.library.Freshness;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.library.ReadAccess;

/** Contract tests of {@link LibraryStorage#reading}. */
@Timeout(60)
abstract class ReadingContract extends LibraryContract {

    @Test
    void current_reads_see_what_was_saved_before_them() {
        Peer peer = savedPeer("https://peer.example.org");
        for (int i = 1; i <= 5; i++) {
            CatalogueEntry entry = approved(Samples.tagged(Tag.of("Topic", "Water " + i)));

            ReadAccess reads = storage.reading(Freshness.CURRENT);

            assertThat(reads.catalogue().find(entry.id()).map(CatalogueEntry::position))
                    .contains(entry.position());
            assertThat(reads.resources().counts()).containsEntry(Status.APPROVED, (long) i);
            assertThat(reads.tags().named("Water " + i)).isPresent();
            assertThat(reads.peers().find(peer.id())).contains(peer);
        }
    }

    @Test
    void current_reads_in_a_transaction_see_its_changes() {
        Resource resource = Samples.local("Water");
        storage.inTransaction(() -> {
            storage.resources().save(resource);
            assertThat(storage.reading(Freshness.CURRENT).catalogue().find(List.of(resource.guid())))
                    .hasSize(1);
            return resource;
        });
    }

    @Test
    void recent_reads_answer() {
        assertThat(storage.reading(Freshness.RECENT).catalogue().changes(0, 1)).isEmpty();
    }
}
