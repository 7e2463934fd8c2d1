package org.librarypeers.sync.inmemory;

import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.sync.contract.LibraryPeerClientContract;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.peer.PeerClient;
import org.librarypeers.sync.storage.SyncStorage;

class InMemoryPeerClientContractTest extends LibraryPeerClientContract {

    private final Peer peer = Samples.peer(new PeerId(1), "https://orb.example.org");
    private final InMemoryStorage library = new InMemoryStorage();
    private final InMemoryPeerClient client = new InMemoryPeerClient(3);

    InMemoryPeerClientContractTest() {
        client.connect(peer.host().orElseThrow(), library);
    }

    @Override
    protected PeerClient client() {
        return client;
    }

    @Override
    protected Peer peer() {
        return peer;
    }

    @Override
    protected boolean requiresCredentials() {
        return false;
    }

    @Override
    protected boolean answersDigests() {
        return true;
    }

    @Override
    protected boolean keepsDeletions() {
        return true;
    }

    @Override
    protected SyncStorage sender() {
        return library;
    }
}
