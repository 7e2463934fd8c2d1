package org.librarypeers.app;

import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PeerId;
import org.librarypeers.http.HttpPeerClient;
import org.librarypeers.sync.contract.LibraryPeerClientContract;
import org.librarypeers.sync.peer.PeerClient;
import org.librarypeers.sync.storage.SyncStorage;

/** Tests of the real client against the running app, so that client and server cannot drift apart. */
class RunningAppPeerClientContractTest extends LibraryPeerClientContract {

    private static RunningLibrary running;
    private static HttpPeerClient client;

    @BeforeAll
    static void start() {
        running = RunningLibrary.start();
        client = HttpPeerClient.builder().clock(Clock.systemUTC()).pageSize(3).build();
    }

    @AfterAll
    static void stop() {
        client.close();
        running.close();
    }

    @AfterEach
    void empty() {
        running.removeResources();
    }

    @Override
    protected PeerClient client() {
        return client;
    }

    @Override
    protected Peer peer() {
        return Peer.builder()
                .id(new PeerId(1))
                .name("Running")
                .host(PeerHost.of(running.address()))
                .credentials(RunningLibrary.READER.value(), running.key(RunningLibrary.READER))
                .build();
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
        return running.library().storage();
    }
}
