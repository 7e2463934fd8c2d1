package org.librarypeers.sync.storage;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.librarypeers.domain.BundleKey;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PeerId;

/**
 * The peers of this library. API keys are stored in a form that is useless to someone who can only read the storage.
 */
public interface PeerRepository {

    /** Returns a new number, which is higher than all earlier ones. */
    PeerId nextId();

    /**
     * Adds or replaces a peer.
     *
     * @throws DuplicatePeerException if another peer {@linkplain org.librarypeers.domain.PeerAccess#isSameAs is the same}: it has the
     *     same host, the same bundle key, or the same repository and set; nothing is saved
     */
    void save(Peer peer);

    /** Returns the peer with this number. Empty if it does not exist or was removed. */
    Optional<Peer> find(PeerId id);

    /**
     * Returns the peer like {@link #find} and locks it against changes and removal until the end of the transaction.
     */
    Optional<Peer> findForUpdate(PeerId id);

    /** Returns the peer with this host. A repository is not found by its host. */
    Optional<Peer> findByHost(PeerHost host);

    /** Returns the peer with this {@link Peer#address}, such as that of a repository with its set. By default, looks at all peers. */
    default Optional<Peer> findByAddress(String address) {
        return all().stream().filter(peer -> peer.address().equals(address)).findFirst();
    }

    /** Returns the peer whose bundles are signed with this key, confirmed or not. By default, looks at all peers. */
    default Optional<Peer> findByBundleKey(BundleKey key) {
        return all().stream()
                .filter(peer -> peer.access()
                        .trustedKey()
                        .filter(trusted -> trusted.key().equals(key))
                        .isPresent())
                .findFirst();
    }

    /**
     * Returns the peer with this number, even if it was {@linkplain #remove removed}. A removed peer is inactive and
     * has neither credentials nor a trusted bundle key. Use it to display the past.
     */
    Optional<Peer> findIncludingRemoved(PeerId id);

    /** Returns {@link #findIncludingRemoved(PeerId)} for each number. Unknown numbers are left out. */
    Map<PeerId, Peer> findIncludingRemoved(Collection<PeerId> ids);

    /**
     * Removes a peer permanently. Its credentials and its cursor are deleted, and a run of this peer can commit nothing
     * more. Its resources and sync logs stay. Its host may be added again as another peer. Does nothing if there is no
     * such peer.
     */
    void remove(PeerId id);

    /** Returns all peers, ordered by number. */
    List<Peer> all();
}
