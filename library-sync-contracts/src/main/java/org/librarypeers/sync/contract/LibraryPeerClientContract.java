package org.librarypeers.sync.contract;

import java.time.Instant;
import java.util.Map;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.storage.SyncStorage;

/**
 * Contract tests of {@link org.librarypeers.sync.peer.PeerClient} whose peer is a library with a storage at hand. The test of an adapter
 * is a subclass that supplies the storage.
 */
public abstract class LibraryPeerClientContract extends PeerClientContract {

    private static final UserName EDITOR = new UserName("amina");

    private Instant now = Samples.NOON;

    /** Creates the tests. */
    protected LibraryPeerClientContract() {}

    /** Returns the storage of the peer. It has no resources at the start of each test. */
    protected abstract SyncStorage sender();

    @Override
    protected void publish(Guid guid, ResourceContent content) {
        publishTogether(Map.of(guid, content));
    }

    @Override
    protected void publishTogether(Map<Guid, ResourceContent> contents) {
        now = now.plusSeconds(1);
        sender().resources()
                .save(contents.entrySet().stream()
                        .map(entry -> Resource.create(entry.getKey(), entry.getValue(), EDITOR, now)
                                .approve(now))
                        .toList());
    }

    @Override
    protected void change(Guid guid, ResourceContent content) {
        now = now.plusSeconds(1);
        sender().resources().save(find(guid).edit(content, EDITOR, now));
    }

    @Override
    protected void withdraw(Guid guid) {
        now = now.plusSeconds(1);
        sender().resources().save(find(guid).archive(now));
    }

    private Resource find(Guid guid) {
        return sender().resources().find(guid).orElseThrow();
    }
}
