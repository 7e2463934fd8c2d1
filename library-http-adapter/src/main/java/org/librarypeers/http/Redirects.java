package org.librarypeers.http;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.Redirect;

/** Follows redirects. Credentials are sent only to the host for which they were given, and never from https to http. */
final class Redirects {

    private final PeerHost host;

    Redirects(PeerHost host) {
        this.host = host;
    }

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
    URI follow(URI from, String location) {
        Redirect redirect = Redirect.of(from, location)
                .orElseThrow(() -> refused("redirects to an invalid address; tell its administrator"));
        URI to = redirect.to();
        if (!redirect.staysOnHost()) {
            String target = to.getScheme() + "://" + to.getRawAuthority();
            String what = "redirects to " + target + "; "
                    + (redirect.isDowngrade()
                            ? "the key is not sent there, because the connection is unencrypted"
                            : "if that is the right library, change the peer's host to it");
            throw new PeerException(PeerTrouble.MOVED, target, host + " " + what, null);
        }
        return to;
    }

    /** Returns whether only the scheme changed, to https, so that the next request can use it immediately. */
    static boolean onlyUpgrades(URI asked, URI to) {
        return new Redirect(asked, to).isUpgrade()
                && Objects.equals(asked.getRawPath(), to.getRawPath())
                && Objects.equals(asked.getRawQuery(), to.getRawQuery());
    }

    PeerException endless() {
        return refused("redirects more than " + Redirect.MAX_PER_REQUEST
                + " times; check its address, or tell its administrator");
    }

    private PeerException refused(String what) {
        return new PeerException(PeerTrouble.NOT_A_LIBRARY, host + " " + what, null);
    }
}
