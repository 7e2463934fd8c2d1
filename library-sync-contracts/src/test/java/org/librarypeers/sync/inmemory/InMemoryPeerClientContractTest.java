package org.librarypeers.sync.inmemory;

import java.time.Instant;
import java.util.Map;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.contract.PeerClientContract;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.peer.PeerClient;

class InMemoryPeerClientContractTest extends PeerClientContract {

    private static final UserName EDITOR = new UserName("amina");

    private final Peer peer = Samples.peer(new PeerId(1), "https://orb.example.org");
    private final InMemoryStorage library = new InMemoryStorage();
    private final InMemoryPeerClient client = new InMemoryPeerClient(3);
    private Instant now = Samples.NOON;

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
        contents.forEach((guid, content) -> library.resources()
                .save(Resource.create(guid, content, EDITOR, now).approve(now)));
    }

    @Override
    protected void change(Guid guid, ResourceContent content) {
        now = now.plusSeconds(1);
        library.resources().save(find(guid).edit(content, EDITOR, now));
    }

    @Override
    protected void withdraw(Guid guid) {
        now = now.plusSeconds(1);
        library.resources().save(find(guid).archive(now));
    }

    private Resource find(Guid guid) {
        return library.resources().find(guid).orElseThrow();
    }
}
