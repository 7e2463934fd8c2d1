package org.librarypeers.app.audit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.librarypeers.app.audit.AuditTrail.Note;
import org.librarypeers.domain.BundleKey;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PeerId;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.storage.PeerRepository;

/** The peers of a storage. Changes by a person are recorded in their transaction. */
record AuditedPeers(LibraryStorage storage, AuditTrail trail) implements PeerRepository {

    private PeerRepository peers() {
        return storage.peers();
    }

    @Override
    public void save(Peer peer) {
        if (CurrentActor.actor().isEmpty()) {
            peers().save(peer);
            return;
        }
        storage.inTransaction(() -> {
            Optional<Peer> before = peers().findForUpdate(peer.id());
            peers().save(peer);
            List<Note> notes = before.map(earlier -> changes(earlier, peer))
                    .orElseGet(() -> List.of(new Note(
                            AuditAction.PEER_ADDED, AuditTrail.subject(peer), Map.of("host", peer.address()))));
            notes.forEach(trail::record);
        });
    }

    private static List<Note> changes(Peer before, Peer after) {
        List<Note> notes = new ArrayList<>();
        String fields = String.join(", ", fields(before, after));
        if (!fields.isEmpty()) {
            notes.add(new Note(AuditAction.PEER_EDITED, AuditTrail.subject(after), Map.of("fields", fields)));
        }
        if (before.active() != after.active()) {
            notes.add(new Note(
                    after.active() ? AuditAction.PEER_ACTIVATED : AuditAction.PEER_DEACTIVATED,
                    AuditTrail.subject(after)));
        }
        if (before.publication() != after.publication() || before.archivesWithdrawn() != after.archivesWithdrawn()) {
            notes.add(new Note(
                    AuditAction.PEER_POLICY_CHANGED,
                    AuditTrail.subject(after),
                    Map.of(
                            "publication", after.publication().word(),
                            "archive-withdrawn", String.valueOf(after.archivesWithdrawn()))));
        }
        if (!before.selection().equals(after.selection())) {
            notes.add(new Note(
                    AuditAction.PEER_SELECTION_CHANGED,
                    AuditTrail.subject(after),
                    Map.of("rule", after.selection().toString())));
        }
        return notes;
    }

    /** Returns the names of the changed fields. The values may be secrets. */
    private static List<String> fields(Peer before, Peer after) {
        List<String> fields = new ArrayList<>();
        if (!before.name().equals(after.name())) {
            fields.add("name");
        }
        if (!before.host().equals(after.host())) {
            fields.add("host");
        }
        if (!before.access().repository().equals(after.access().repository())) {
            fields.add("repository");
        }
        if (!before.access().trustedKey().equals(after.access().trustedKey())) {
            fields.add("bundle key");
        }
        if (!Objects.equals(before.apiUser(), after.apiUser())) {
            fields.add("user");
        }
        if (!Objects.equals(before.apiKey(), after.apiKey())) {
            fields.add("key");
        }
        if (before.syncsAutomatically() != after.syncsAutomatically()) {
            fields.add("schedule");
        }
        if (!Objects.equals(before.interval(), after.interval())) {
            fields.add("interval");
        }
        return fields;
    }

    @Override
    public void remove(PeerId id) {
        storage.inTransaction(() -> {
            Optional<Peer> before = peers().find(id);
            peers().remove(id);
            before.ifPresent(peer -> trail.record(new Note(AuditAction.PEER_REMOVED, AuditTrail.subject(peer))));
        });
    }

    @Override
    public PeerId nextId() {
        return peers().nextId();
    }

    @Override
    public Optional<Peer> find(PeerId id) {
        return peers().find(id);
    }

    @Override
    public Optional<Peer> findForUpdate(PeerId id) {
        return peers().findForUpdate(id);
    }

    @Override
    public Optional<Peer> findByHost(PeerHost host) {
        return peers().findByHost(host);
    }

    @Override
    public Optional<Peer> findByBundleKey(BundleKey key) {
        return peers().findByBundleKey(key);
    }

    @Override
    public Optional<Peer> findIncludingRemoved(PeerId id) {
        return peers().findIncludingRemoved(id);
    }

    @Override
    public Map<PeerId, Peer> findIncludingRemoved(Collection<PeerId> ids) {
        return peers().findIncludingRemoved(ids);
    }

    @Override
    public List<Peer> all() {
        return peers().all();
    }
}
