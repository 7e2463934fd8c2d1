package org.librarypeers.sync.peer;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A redirect of a request to a peer, for clients that read peers over HTTP. A client follows only redirects that
 * {@linkplain #staysOnHost stay on the host}. Otherwise, a key could reach another host.
 *
 * @param from the address that was requested
 * @param to the address to request next: an absolute address that begins with {@code http} or {@code https}, without user information
 */
public record Redirect(URI from, URI to) {

    /** The maximum number of redirects that a client follows for one request. */
    public static final int MAX_PER_REQUEST = 5;

    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

    /**
     * Validates the redirect.
     *
     * @throws IllegalArgumentException if the target is not such an address
     */
    public Redirect {
        String scheme = Objects.requireNonNullElse(to.getScheme(), "");
        if (to.getHost() == null || to.getRawUserInfo() != null || !scheme.matches("https?")) {
            throw new IllegalArgumentException("redirect from " + from + " has an invalid target");
        }
    }

    /** Returns whether an answer with this status is a redirect. */
    public static boolean isRedirect(int status) {
        return STATUSES.contains(status);
    }

    /**
     * Returns the redirect to a location. Empty if the location is not a valid target.
     *
     * @param from the address that was requested
     * @param location the value of the header {@code Location}, which may be relative; empty if it is missing
     */
    public static Optional<Redirect> of(URI from, String location) {
        try {
            return location.isBlank() ? Optional.empty() : Optional.of(new Redirect(from, from.resolve(location)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns whether the target is on the same host, with the same scheme and port, or with https instead of http. */
    public boolean staysOnHost() {
        boolean samePort = to.getScheme().equals(from.getScheme()) && port(to) == port(from);
        return to.getHost().equalsIgnoreCase(from.getHost()) && (samePort || isUpgrade());
    }

    /** Returns whether the target is encrypted, and the requested address was not. */
    public boolean isUpgrade() {
        return "https".equals(to.getScheme()) && "http".equals(from.getScheme());
    }

    /** Returns whether the requested address was encrypted, and the target is not. */
    public boolean isDowngrade() {
        return "http".equals(to.getScheme()) && "https".equals(from.getScheme());
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
    }
}
