package org.librarypeers.bundle;

import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.domain.TrustedKey;
import org.librarypeers.sync.bundles.EarlyDeletionRepository;
import org.librarypeers.sync.peer.PeerCheck;
import org.librarypeers.sync.peer.PeerClient;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.PeerSession;
import org.librarypeers.sync.storage.HarvestRepository;

/** A client that reads one bundle, for the peer whose confirmed key signed it. */
record BundlePeerClient(OpenedBundle bundle, HarvestRepository harvest, EarlyDeletionRepository early)
        implements PeerClient {

    @Override
    public PeerSession open(Peer peer) {
        peer.unqueryableReason().ifPresent(reason -> {
            throw new IllegalArgumentException("peer " + peer + " cannot be read: " + reason);
        });
        requireKey(peer);
        return new BundleSession(bundle, peer, harvest, early);
    }

    /** Returns false, because a bundle may be older than the request, or have only a part. */
    @Override
    public boolean readsEveryDetail() {
        return false;
    }

    private void requireKey(Peer peer) {
        TrustedKey trusted = peer.access()
                .trustedKey()
                .filter(TrustedKey::confirmed)
                .orElseThrow(
                        () -> new IllegalArgumentException("the bundle key of peer " + peer + " is not confirmed"));
        if (!trusted.key().equals(bundle.manifest().key())) {
            throw new PeerException(
                    PeerTrouble.REFUSED,
                    "the bundle was signed with key " + bundle.manifest().key() + ", but that of peer " + peer + " is "
                            + trusted.key(),
                    null);
        }
    }

    @Override
    public PeerCheck check(Peer peer) {
        requireKey(peer);
        BundleManifest manifest = bundle.manifest();
        int resources = (int) Math.min(Integer.MAX_VALUE, manifest.resources());
        return new PeerCheck(
                manifest.isComplete() ? resources : -1,
                Math.max(1, bundle.chunks().size()),
                true);
    }
}
