package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.sync.library.LibraryStorage;

/** Contract tests of {@link org.librarypeers.sync.bundles.EarlyDeletionRepository}. */
abstract class EarlyDeletionContract extends StorageContract<LibraryStorage> {

    private static final Guid WATER = Guid.random();
    private static final Guid SOAP = Guid.random();

    private Peer peer;

    @BeforeEach
    void savePeer() {
        peer = savedPeer("https://orb.example.org");
    }

    private Map<Guid, Long> remembered() {
        return storage.earlyDeletions().positions(peer.id(), List.of(WATER, SOAP));
    }

    @Test
    void the_last_deletion_of_a_resource_counts() {
        assertThat(remembered()).isEmpty();

        storage.earlyDeletions().remember(peer.id(), List.of(WATER, WATER), 7);
        storage.earlyDeletions().remember(peer.id(), List.of(WATER, SOAP), 9);
        storage.earlyDeletions().remember(peer.id(), List.of(WATER), 8);
        storage.earlyDeletions().remember(peer.id(), List.of(), 10);

        assertThat(remembered()).isEqualTo(Map.of(WATER, 9L, SOAP, 9L));
        assertThat(storage.earlyDeletions().positions(peer.id(), List.of(SOAP))).containsOnlyKeys(SOAP);
        assertThat(storage.earlyDeletions().positions(peer.id(), List.of())).isEmpty();
    }

    @Test
    void deletions_up_to_a_position_are_forgotten() {
        storage.earlyDeletions().remember(peer.id(), List.of(WATER), 7);
        storage.earlyDeletions().remember(peer.id(), List.of(SOAP), 8);

        storage.earlyDeletions().forget(peer.id(), 6);
        assertThat(remembered()).hasSize(2);

        storage.earlyDeletions().forget(peer.id(), 7);
        assertThat(remembered()).isEqualTo(Map.of(SOAP, 8L));
    }

    @Test
    void each_peer_has_its_own_and_they_end_with_it() {
        Peer other = savedPeer("https://other.example.org");
        storage.earlyDeletions().remember(peer.id(), List.of(WATER), 7);
        storage.earlyDeletions().remember(other.id(), List.of(SOAP), 7);

        storage.peers().remove(other.id());
        storage.earlyDeletions().forget(other.id(), 7);

        assertThat(remembered()).isEqualTo(Map.of(WATER, 7L));
        assertThat(storage.earlyDeletions().positions(other.id(), List.of(SOAP)))
                .isEmpty();
    }

    @Test
    void a_transaction_that_fails_remembers_nothing() {
        storage.earlyDeletions().remember(peer.id(), List.of(WATER), 7);

        assertThatThrownBy(() -> storage.inTransaction(() -> {
                    storage.earlyDeletions().remember(peer.id(), List.of(SOAP), 8);
                    storage.earlyDeletions().forget(peer.id(), 7);
                    throw new IllegalStateException("the transaction fails");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(remembered()).isEqualTo(Map.of(WATER, 7L));
    }
}
