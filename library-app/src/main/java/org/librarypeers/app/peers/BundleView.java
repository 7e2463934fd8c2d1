package org.librarypeers.app.peers;

import java.util.Locale;
import org.librarypeers.app.bundles.BundleSender;
import org.librarypeers.bundle.BundleManifest;

/**
 * An uploaded bundle as its page shows it.
 *
 * @param manifest what the bundle says about itself
 * @param sender the peer to which it belongs
 */
public record BundleView(BundleManifest manifest, BundleSender sender) {

    /** Returns whether an administrator has to confirm the key. */
    public boolean isToBeConfirmed() {
        return sender.trust() != BundleSender.Trust.CONFIRMED;
    }

    /** Returns whether the confirmation would give a key to a peer that is here already. */
    public boolean bindsPeer() {
        return isToBeConfirmed() && sender.isKnownPeer();
    }

    /** Returns whether the confirmation would add a peer. */
    public boolean addsPeer() {
        return isToBeConfirmed() && !sender.isKnownPeer();
    }

    /** Returns the lower-case name of the trust in the key, for the keys of texts. */
    public String trustWord() {
        return sender.trust().name().toLowerCase(Locale.ROOT);
    }
}
