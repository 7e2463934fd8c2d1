package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Incoming;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Received;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.sync.port.Brought;
import org.librarypeers.sync.port.OriginCount;
import org.librarypeers.sync.port.Slice;

/** What {@link org.librarypeers.sync.port.Catalogue} promises of where resources come from, and of what runs brought. */
@Timeout(60)
public abstract class OverviewContract extends StorageContract {

    private static final String HOST = "https://one.example.org";

    private Peer peer = Samples.peer(new PeerId(1), "https://unused.example.org");
    private Peer other = peer;
    private SyncLogId run = new SyncLogId(1);

    @BeforeEach
    void twoPeers() {
        peer = savedPeer("https://a.example.org");
        other = savedPeer("https://b.example.org");
        run = storage.syncLogs().nextId();
    }

    @Test
    void origins_are_counted_by_peer_and_maker() {
        assertThat(storage.catalogue().origins()).isEmpty();
        approved(Samples.local("Ours"));
        saved(Samples.local("Pending"));
        approved(sent(other, "مكتبة 💧", HOST));
        approved(sent(peer, "مكتبة 💧", HOST));
        saved(sent(peer, "مكتبة 💧", HOST).reject(Samples.NOON));
        saved(sent(peer, "Another name", HOST));
        saved(sent(peer, "Another name", "https://a.example.org"));

        assertThat(storage.catalogue().origins())
                .containsExactly(
                        new OriginCount(null, null, null, 1, 2),
                        new OriginCount(peer.id(), "Another name", "https://a.example.org", 0, 1),
                        new OriginCount(peer.id(), "Another name", HOST, 0, 1),
                        new OriginCount(peer.id(), "مكتبة 💧", HOST, 1, 2),
                        new OriginCount(other.id(), "مكتبة 💧", HOST, 1, 1));
    }

    @Test
    void what_a_removed_peer_brought_is_counted() {
        approved(sent(peer, "Maker", HOST));

        storage.peers().remove(peer.id());

        assertThat(storage.catalogue().origins()).containsExactly(new OriginCount(peer.id(), "Maker", HOST, 1, 1));
    }

    @Test
    void a_run_brought_what_it_added_and_updated_also_what_was_changed_since() {
        Resource untouched = saved(sent(peer, "Maker", HOST));
        SyncLogId later = storage.syncLogs().nextId();
        Resource updated = saved(updated(untouched, later, "Erneuert 💧"));
        run = later;
        Resource added = saved(sent(peer, "Maker", HOST));
        saved(Samples.local("Ours"));
        storage.resources().save(updated.edit(Samples.titled("Edited here"), Samples.AMINA, Samples.NOON));
        Resource again = saved(updated(added, storage.syncLogs().nextId(), "Once more"));

        Slice<Brought> brought = storage.catalogue().broughtBy(later, 0, 10);

        assertThat(brought.items())
                .containsExactly(
                        new Brought(updated.guid(), updated.slug(), title("Erneuert 💧"), 2),
                        new Brought(added.guid(), again.slug(), hostileTitle(), 1));
        assertThat(brought.items()).extracting(Brought::isNew).containsExactly(false, true);
        assertThat(brought.total()).isEqualTo(2);
        assertThat(brought.last()).isTrue();
    }

    @Test
    void a_run_that_changed_a_resource_twice_brought_both_revisions() {
        Resource first = saved(sent(peer, "Maker", HOST));
        Resource second = saved(updated(first, run, "Second"));
        saved(updated(second, run, "Third"));

        assertThat(storage.catalogue().broughtBy(run, 0, 10).items())
                .extracting(Brought::revision)
                .containsExactly(1, 2, 3);
        assertThat(storage.catalogue().broughtBy(run, 1, 1).items())
                .containsExactly(new Brought(first.guid(), first.slug(), title("Second"), 2));
    }

    @Test
    void what_a_run_brought_comes_in_parts() {
        List<Guid> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(saved(sent(peer, "Maker", HOST)).guid());
        }

        assertPart(0, 2, all.subList(0, 2), false);
        assertPart(2, 2, all.subList(2, 4), false);
        assertPart(3, 2, all.subList(3, 5), true);
        assertPart(5, 2, List.of(), true);
        assertPart(Integer.MAX_VALUE, Integer.MAX_VALUE, List.of(), true);
        assertThat(storage.catalogue().broughtBy(storage.syncLogs().nextId(), 0, 10))
                .isEqualTo(new Slice<Brought>(List.of(), 0, true));
        assertThat(storage.catalogue().broughtBy(SyncLogId.NONE, 0, 10))
                .isEqualTo(new Slice<Brought>(List.of(), 0, true));
    }

    private void assertPart(int offset, int limit, List<Guid> guids, boolean last) {
        Slice<Brought> part = storage.catalogue().broughtBy(run, offset, limit);
        assertThat(part.items()).extracting(Brought::resource).isEqualTo(guids);
        assertThat(part.total()).isEqualTo(5);
        assertThat(part.last()).isEqualTo(last);
    }

    private Resource sent(Peer from, String makerName, String makerHost) {
        ResourceContent content = ResourceContent.titled(hostileTitle()).build();
        Incoming incoming = new Incoming(Guid.random(), content, makerName, makerHost, null);
        return ((Received.New) Resource.adopt(incoming, Samples.delivery(storage, from, run))).resource();
    }

    private Resource updated(Resource resource, SyncLogId by, String title) {
        Incoming incoming = new Incoming(resource.guid(), Samples.titled(title), "Maker", HOST, null);
        return ((Received.Updated) resource.receive(incoming, Samples.delivery(storage, peer, by))).resource();
    }

    private static LocalizedText title(String english) {
        return LocalizedText.of("en", english);
    }

    private static LocalizedText hostileTitle() {
        return Samples.hostile().title();
    }
}
