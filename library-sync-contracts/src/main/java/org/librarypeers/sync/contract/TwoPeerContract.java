package org.librarypeers.sync.contract;

import org.junit.jupiter.api.BeforeEach;
import org.librarypeers.domain.PeerId;
import org.librarypeers.sync.storage.SyncStorage;

/** Two peers for contracts about the syncs of each. */
abstract class TwoPeerContract extends StorageContract<SyncStorage> {

    PeerId peer = new PeerId(1);
    PeerId other = new PeerId(1);

    @BeforeEach
    void twoPeers() {
        peer = savedPeer("https://a.example.org").id();
        other = savedPeer("https://b.example.org").id();
    }
}
