package org.librarypeers.oai;

import java.net.URI;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.Redirect;

/** Follows redirects that stay on the host of the repository. */
final class Redirects {

    private Redirects() {}

    /** Returns the target of a redirect, an empty string if it is missing; null if the answer is not a redirect. */
    static @Nullable String location(HttpResponse<?> response) {
        return Redirect.isRedirect(response.statusCode())
                ? response.headers().firstValue("Location").orElse("")
                : null;
    }

    /**
     * Returns the address to request next.
     *
     * @throws PeerException if this redirect must not be followed
     */
    static URI follow(Peer peer, URI from, String location) {
        Redirect redirect = Redirect.of(from, location)
                .orElseThrow(() -> refused(peer, "redirects to an invalid address; tell its administrator"));
        if (!redirect.staysOnHost()) {
            String target = redirect.to().toString().replaceFirst("[?#].*", "");
            throw new PeerException(
                    PeerTrouble.MOVED,
                    target,
                    peer.address() + " redirects to " + target
                            + "; if that is the right repository, change the address of the peer to it",
                    null);
        }
        return redirect.to();
    }

    static PeerException endless(Peer peer) {
        return refused(
                peer,
                "redirects more than " + Redirect.MAX_PER_REQUEST
                        + " times; check its address, or tell its administrator");
    }

    private static PeerException refused(Peer peer, String what) {
        return new PeerException(PeerTrouble.NOT_A_LIBRARY, peer.address() + " " + what, null);
    }
}
