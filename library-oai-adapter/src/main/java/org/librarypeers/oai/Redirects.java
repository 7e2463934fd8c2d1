package org.librarypeers.oai;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.sync.peer.PeerException;

/** The rules for redirects: they stay on the host and the port of the repository, and may only change http to https. */
final class Redirects {

    private static final Set<Integer> CODES = Set.of(301, 302, 303, 307, 308);

    private Redirects() {}

    /** Returns the target of a redirect, an empty string if it is missing; null if the answer is not a redirect. */
    static @Nullable String location(HttpResponse<?> response) {
        return CODES.contains(response.statusCode())
                ? response.headers().firstValue("Location").orElse("")
                : null;
    }

    /**
     * Returns the address to request next.
     *
     * @throws PeerException if this redirect must not be followed
     */
    static URI follow(Peer peer, URI from, String location) {
        URI to;
        try {
            to = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw invalid(peer);
        }
        String scheme = to.getScheme() == null ? "" : to.getScheme();
        if (location.isBlank() || to.getHost() == null || to.getRawUserInfo() != null || !scheme.matches("https?")) {
            throw invalid(peer);
        }
        boolean sameHost = to.getHost().equalsIgnoreCase(from.getHost());
        boolean samePort = scheme.equals(from.getScheme()) && port(to) == port(from);
        boolean upgrade = scheme.equals("https") && "http".equals(from.getScheme());
        if (!sameHost || !(samePort || upgrade)) {
            String target = to.toString().replaceFirst("[?#].*", "");
            throw new PeerException(
                    PeerTrouble.MOVED,
                    target,
                    peer.address() + " redirects to " + target
                            + "; if that is the right repository, change the address of the peer to it",
                    null);
        }
        return to;
    }

    static PeerException endless(Peer peer, int followed) {
        return refused(
                peer, "redirects more than " + followed + " times; check its address, or tell its administrator");
    }

    private static PeerException invalid(Peer peer) {
        return refused(peer, "redirects to an invalid address; tell its administrator");
    }

    private static PeerException refused(Peer peer, String what) {
        return new PeerException(PeerTrouble.NOT_A_LIBRARY, peer.address() + " " + what, null);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
    }
}
