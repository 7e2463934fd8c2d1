package org.librarypeers.domain;

import org.jspecify.annotations.Nullable;

/**
 * A resource as a peer sent it.
 *
 * @param guid which resource
 * @param content what it says
 * @param sourceName name of the library that made it, null if that is the peer itself
 * @param sourceHost scheme and host of the library that made it, null if that is the peer itself
 * @param sourceUrl address of the resource in the library that made it, or null
 * @param route the libraries that it came through, the peer last; unknown if the peer does not say
 */
public record IncomingResource(
        Guid guid,
        ResourceContent content,
        @Nullable String sourceName,
        @Nullable String sourceHost,
        @Nullable String sourceUrl,
        Route route) {

    /** A resource of which the peer does not say how it came there. */
    public IncomingResource(
            Guid guid,
            ResourceContent content,
            @Nullable String sourceName,
            @Nullable String sourceHost,
            @Nullable String sourceUrl) {
        this(guid, content, sourceName, sourceHost, sourceUrl, Route.UNKNOWN);
    }

    /** A resource as one of our own libraries, of that identity, sends it to another. */
    public static IncomingResource from(Resource resource, LibraryId server) {
        Route route = resource.origin().routeThrough(server);
        return resource.origin() instanceof Origin.FromPeer source
                ? new IncomingResource(
                        resource.guid(),
                        resource.content(),
                        source.sourceName(),
                        source.sourceHost(),
                        source.sourceUrl(),
                        route)
                : new IncomingResource(resource.guid(), resource.content(), null, null, null, route);
    }

    /** Whether the peer made it, rather than having it from another library. */
    boolean isMadeBy(Peer peer) {
        String maker = maker();
        return maker == null || peer.host().isSameAs(maker);
    }

    Origin.FromPeer originThrough(Peer peer) {
        String maker = maker();
        String host = maker == null ? peer.host().toString() : maker;
        String name = sourceName != null ? sourceName : isMadeBy(peer) ? peer.name() : host;
        return new Origin.FromPeer(peer.id(), name, host, sourceUrl, route, content.fingerprint());
    }

    /** The host of the library that made it. Existing sites pass on an address of the original without its host. */
    private @Nullable String maker() {
        if (sourceHost != null || sourceUrl == null) {
            return sourceHost;
        }
        return PeerHost.ofAddress(sourceUrl).map(PeerHost::toString).orElse(null);
    }
}
