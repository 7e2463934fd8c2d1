package org.librarypeers.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.contract.ScriptedPeer;
import org.librarypeers.sync.contract.SettableClock;
import org.librarypeers.sync.storage.PeerLease;
import org.librarypeers.sync.storage.QuarantinedItem;

/** A library with one scripted peer. */
final class Library {

    static final UserName EDITOR = new UserName("amina");

    final SettableClock clock = new SettableClock();
    final HookedStorage storage = new HookedStorage();
    final ScriptedPeer script = new ScriptedPeer();
    final Peer peer = peer(storage.peers().nextId(), "ORB", "https://orb.example.org");
    final SyncService service =
            SyncService.builder().storage(storage).client(script).clock(clock).build();

    Library() {
        storage.peers().save(peer);
    }

    static Peer peer(PeerId id, String name, String host) {
        return Samples.peer(id, name, host);
    }

    /** Saves and returns one more peer. */
    Peer addPeer(String called, String host) {
        Peer added = peer(storage.peers().nextId(), called, host);
        storage.peers().save(added);
        return added;
    }

    /** Returns a tally without any resource, to which a test adds the counts that it expects. */
    static SyncTally tally() {
        return SyncTally.NONE;
    }

    /** Syncs the peer, one minute after the last action. */
    SyncReport sync() {
        clock.tick();
        return service.sync(peer, SyncListener.NONE);
    }

    /** Reconciles the peer, one minute after the last action. */
    SyncLog reconcile() {
        clock.tick();
        return service.sync(peer, SyncScope.EVERYTHING, SyncListener.NONE).log();
    }

    Optional<Resource> resource(int number) {
        return storage.resources().find(ScriptedPeer.guid(number));
    }

    String title(int number) {
        return resource(number).orElseThrow().content().title().best(List.of("en"));
    }

    /** Returns the quarantined items of the peer. */
    List<QuarantinedItem> quarantined() {
        return storage.harvest().quarantinedItems(peer.id());
    }

    /** Returns the resources that the peer has withdrawn. */
    Set<Guid> withdrawn() {
        return storage.harvest().withdrawn(peer.id());
    }

    List<SyncLog> logs() {
        return storage.syncLogs().recent(null, 100);
    }

    /** Returns the values of all resources, by GUID. */
    Map<Guid, List<Object>> resources() {
        Map<Guid, List<Object>> all = new TreeMap<>();
        for (Status status : Status.values()) {
            for (Resource resource : storage.resources().withStatus(status, null, Integer.MAX_VALUE)) {
                all.put(
                        resource.guid(),
                        List.of(
                                status,
                                resource.slug(),
                                resource.origin(),
                                resource.revisions(),
                                resource.updated(),
                                resource.version(),
                                storage.resources().history(resource.guid())));
            }
        }
        return all;
    }

    /** Returns all stored data of resources, runs and the peer, for comparison before and after an action. */
    List<Object> everything() {
        List<Object> all = new ArrayList<>();
        all.add(resources());
        all.add(logs());
        all.add(storage.harvest().cursor(peer.id()));
        all.add(storage.harvest().shortfalls(peer.id()));
        all.add(quarantined());
        all.add(storage.harvest().absentItems(peer.id()));
        all.add(storage.harvest().accepted(peer.id(), resources().keySet()));
        all.add(storage.catalogue().changes(0, 1_000).size());
        all.add(isFree());
        return all;
    }

    /** Returns whether the peer can be claimed. */
    boolean isFree() {
        Optional<PeerLease> lease = storage.harvest().claim(peer.id());
        lease.ifPresent(PeerLease::close);
        return lease.isPresent();
    }
}
