package org.librarypeers.sync.contract;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.IncomingResource;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Route;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.sync.storage.AcceptedItem;
import org.librarypeers.sync.storage.HarvestProgress;
import org.librarypeers.sync.storage.PeerLease;
import org.librarypeers.sync.storage.SyncStorage;

/** Helper methods of the contracts about peers' offers. */
abstract class OfferContract<S extends SyncStorage> extends StorageContract<S> {

    final Guid adopted(String title, Peer from) {
        return adopted(title, from, new LibraryId[0]);
    }

    final Guid adopted(String title, Peer from, LibraryId... route) {
        SyncLogId run = storage.syncLogs().nextId();
        storage.syncLogs().save(SyncLog.start(run, from.id(), null, Samples.NOON));
        Guid guid = Guid.random();
        IncomingResource incoming = Samples.incoming(guid, Samples.titled(title));
        saved(Samples.adopted(
                new IncomingResource(
                        guid,
                        incoming.content(),
                        incoming.sourceName(),
                        incoming.sourceHost(),
                        incoming.sourceUrl(),
                        new Route(List.of(route))),
                Samples.delivery(storage, from, run)));
        return guid;
    }

    final void accept(Peer from, Guid guid, String version) {
        commit(from, Samples.progress(null, Map.of(guid, version)));
    }

    final void accept(Peer from, Guid guid, AcceptedItem accepted) {
        commit(from, SampleProgress.progress().accepted(Map.of(guid, accepted)).build());
    }

    final void commit(Peer from, HarvestProgress progress) {
        try (PeerLease lease = storage.harvest().claim(from.id()).orElseThrow()) {
            storage.harvest().commit(lease, progress);
        }
    }

    final void withdraw(Peer from, Set<Guid> gone, Set<Guid> back) {
        try (PeerLease lease = storage.harvest().claim(from.id()).orElseThrow()) {
            storage.harvest().withdraw(lease, gone, back, Samples.NOON);
        }
    }
}
