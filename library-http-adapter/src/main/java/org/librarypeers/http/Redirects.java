package org.librarypeers.http;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.sync.peer.PeerException;

/** The rules for redirects. Credentials are sent only to the host for which they were given, and never from https to http. */
final class Redirects {

    private static final Set<Integer> CODES = Set.of(301, 302, 303, 307, 308);

    private final PeerHost host;

    Redirects(PeerHost host) {
        this.host = host;
    }

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
    URI follow(URI from, String location) {
        URI to;
        try {
            to = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw refused("redirects to an invalid address; tell its administrator");
        }
        String scheme = to.getScheme() == null ? "" : to.getScheme();
        if (location.isBlank() || to.getHost() == null || to.getRawUserInfo() != null || !scheme.matches("https?")) {
            throw refused("redirects to an invalid address; tell its administrator");
        }
        boolean sameHost = to.getHost().equalsIgnoreCase(from.getHost());
        boolean samePort = scheme.equals(from.getScheme()) && port(to) == port(from);
        boolean upgrade = scheme.equals("https") && "http".equals(from.getScheme());
        if (!sameHost || !(samePort || upgrade)) {
            String target = scheme + "://" + to.getRawAuthority();
            String what = "redirects to " + target + "; "
                    + ("http".equals(scheme) && "https".equals(from.getScheme())
                            ? "the key is not sent there, because the connection is unencrypted"
                            : "if that is the right library, change the peer's host to it");
            throw new PeerException(PeerTrouble.MOVED, target, host + " " + what, null);
        }
        return to;
    }

    /** Returns whether only the scheme changed, to https, so that the next request can use it immediately. */
    static boolean onlyUpgrades(URI asked, URI to) {
        return "http".equals(asked.getScheme())
                && "https".equals(to.getScheme())
                && Objects.equals(asked.getRawPath(), to.getRawPath())
                && Objects.equals(asked.getRawQuery(), to.getRawQuery());
    }

    PeerException endless(int followed) {
        return refused("redirects more than " + followed + " times; check its address, or tell its administrator");
    }

    private PeerException refused(String what) {
        return new PeerException(PeerTrouble.NOT_A_LIBRARY, host + " " + what, null);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
    }
}
