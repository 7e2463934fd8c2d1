package org.librarypeers.sync.port;

import java.util.List;
import java.util.Optional;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PeerId;

/** The peers of this library. Their keys are kept so that who reads the storage alone cannot use them. */
public interface PeerRepository {

    /** A number that no peer had yet, higher than those before. */
    PeerId nextId();

    /**
     * Adds or replaces a peer.
     *
     * @throws DuplicatePeerException if another peer has that host; nothing is saved then
     */
    void save(Peer peer);

    /** The peer of that number. */
    Optional<Peer> find(PeerId id);

    /** The peer at that host. */
    Optional<Peer> findByHost(PeerHost host);

    /** All peers, in the order of their numbers. */
    List<Peer> all();
}
