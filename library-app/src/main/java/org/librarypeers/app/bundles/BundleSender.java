package org.librarypeers.app.bundles;

import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PublicationPolicy;

/**
 * The peer to which a bundle belongs, if this library knows its key.
 *
 * @param peer the peer with the key as a confirmed one; not saved yet unless the trust is {@link Trust#CONFIRMED}
 * @param trust what is known of the key
 */
public record BundleSender(Peer peer, Trust trust) {

    /** Returns whether the bundle would make its key that of a peer which this library has already. */
    public boolean isKnownPeer() {
        return !peer.id().equals(BundleService.UNSAVED);
    }

    /** Returns this sender with a publication policy, if it is a new peer. A peer that this library has already keeps its own. */
    public BundleSender publishing(PublicationPolicy policy) {
        return isKnownPeer() ? this : new BundleSender(peer.withPublication(policy), trust);
    }

    /** The trust of this library in the key of a bundle. */
    public enum Trust {
        /** An administrator has confirmed it. */
        CONFIRMED,
        /** It is unknown, or not confirmed yet. */
        UNKNOWN,
        /** The library that the bundle names has another confirmed key, so that the bundle may be somebody else's. */
        OTHER_KEY
    }
}
