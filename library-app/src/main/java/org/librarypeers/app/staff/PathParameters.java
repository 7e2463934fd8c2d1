package org.librarypeers.app.staff;

import java.util.Optional;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.sync.library.LibraryStorage;

/** The peer, the run and the numbers that an address names. */
final class PathParameters {

    private PathParameters() {}

    /** The peer; nothing if there is none, or was one. */
    static Optional<Peer> peer(Visit visit, LibraryStorage storage) {
        return number(visit, "id").map(PeerId::new).flatMap(storage.peers()::find);
    }

    /** The peer, a removed one too, whose runs are still there. */
    static Optional<Peer> peerEvenRemoved(Visit visit, LibraryStorage storage) {
        return number(visit, "id").map(PeerId::new).flatMap(storage.peers()::findEvenRemoved);
    }

    /** The run, if it is one of the peer that the address names. */
    static Optional<SyncLog> run(Visit visit, LibraryStorage storage) {
        Optional<Long> peer = number(visit, "id");
        return number(visit, "run")
                .map(SyncLogId::new)
                .flatMap(storage.syncLogs()::find)
                .filter(run -> peer.isPresent() && run.peer().value() == peer.get());
    }

    private static Optional<Long> number(Visit visit, String name) {
        return number(visit.ctx().pathParam(name));
    }

    /** The number that this text is; nothing if it is none that something here can have. */
    static Optional<Long> number(String text) {
        return text.matches("[1-9]\\d{0,17}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }
}
