package org.librarypeers.app.peers;

import java.util.Optional;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.sync.storage.SyncStorage;

/** The peer, run and numbers in the path of an address. */
final class PathParameters {

    private PathParameters() {}

    /** Returns the peer, or an empty {@code Optional} if it does not exist or was removed. */
    static Optional<Peer> peer(Visit visit, SyncStorage storage) {
        return number(visit, "id").map(PeerId::new).flatMap(storage.peers()::find);
    }

    /** Returns the peer, even if it was removed. Its runs are still stored. */
    static Optional<Peer> peerIncludingRemoved(Visit visit, SyncStorage storage) {
        return number(visit, "id").map(PeerId::new).flatMap(storage.peers()::findIncludingRemoved);
    }

    /** Returns the run if it belongs to the peer in the path. */
    static Optional<SyncLog> run(Visit visit, SyncStorage storage) {
        Optional<Long> peer = number(visit, "id");
        return number(visit, "run")
                .map(SyncLogId::new)
                .flatMap(storage.syncLogs()::find)
                .filter(run -> peer.isPresent() && run.peer().value() == peer.get());
    }

    private static Optional<Long> number(Visit visit, String name) {
        return number(visit.ctx().pathParam(name));
    }

    /** Returns the number, or an empty {@code Optional} if the text is not a positive number of at most 18 digits. */
    static Optional<Long> number(String text) {
        return text.matches("[1-9]\\d{0,17}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }
}
