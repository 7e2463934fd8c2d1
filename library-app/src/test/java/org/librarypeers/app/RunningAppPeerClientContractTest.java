package org.librarypeers.app;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.UserName;
import org.librarypeers.http.HttpPeerClient;
import org.librarypeers.sync.contract.PeerClientContract;
import org.librarypeers.sync.peer.PeerClient;

/** Tests of the real client against the running app, so that client and server cannot drift apart. */
class RunningAppPeerClientContractTest extends PeerClientContract {

    private static RunningLibrary running;
    private static HttpPeerClient client;

    private Instant now = Instant.parse("2026-03-29T12:00:00.123456Z");

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
    protected boolean keepsDeletions() {
        return true;
    }

    @Override
    protected void publish(Guid guid, ResourceContent content) {
        publishTogether(Map.of(guid, content));
    }

    @Override
    protected void publishTogether(Map<Guid, ResourceContent> contents) {
        now = now.plusSeconds(1);
        running.library()
                .storage()
                .resources()
                .save(contents.entrySet().stream()
                        .map(entry -> Resource.create(entry.getKey(), entry.getValue(), UserName.SYSTEM, now)
                                .approve(now))
                        .toList());
    }

    @Override
    protected void change(Guid guid, ResourceContent content) {
        now = now.plusSeconds(1);
        running.library().storage().resources().save(find(guid).edit(content, UserName.SYSTEM, now));
    }

    @Override
    protected void withdraw(Guid guid) {
        now = now.plusSeconds(1);
        running.library().storage().resources().save(find(guid).archive(now));
    }

    private static Resource find(Guid guid) {
        return running.library().storage().resources().find(guid).orElseThrow();
    }
}
