package org.librarypeers.sync.storage;

import java.util.Collection;
import java.util.List;
import java.util.Map;
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

    /** The peer of that number; nothing if it was removed. */
    Optional<Peer> find(PeerId id);

    /** As {@link #find}; until the end of the transaction nobody else changes or removes it. */
    Optional<Peer> findForUpdate(PeerId id);

    /** The peer at that host. */
    Optional<Peer> findByHost(PeerHost host);

    /**
     * The peer of that number, also if it was {@linkplain #remove removed}: then inactive and without credentials. For those
     * who read what once was.
     */
    Optional<Peer> findEvenRemoved(PeerId id);

    /** {@link #findEvenRemoved(PeerId)} of each; numbers that no peer ever had are left out. */
    Map<PeerId, Peer> findEvenRemoved(Collection<PeerId> ids);

    /**
     * Removes a peer, for ever: its credentials and how far it was read are forgotten, and a run that is reading it can
     * commit nothing more. What it brought stays, its runs too, and its host may be added again as another peer. Does nothing
     * if there is no such peer.
     */
    void remove(PeerId id);

    /** All peers, in the order of their numbers. */
    List<Peer> all();
}
