package org.librarypeers.domain;

import org.jspecify.annotations.Nullable;

/**
 * A resource as a peer sent it.
 *
 * @param guid the GUID of the resource
 * @param content the content
 * @param sourceName the name of the library that created the resource; null if the peer created it
 * @param sourceHost the scheme and host of the library that created the resource; null if the peer created it
 * @param sourceUrl the address of the resource in the library that created it, or null
 * @param route the libraries that the resource passed through, with the peer last; {@link Route#UNKNOWN} if the peer
 *     does not send them
 */
public record IncomingResource(
        Guid guid,
        ResourceContent content,
        @Nullable String sourceName,
        @Nullable String sourceHost,
        @Nullable String sourceUrl,
        Route route) {

    /** Creates a resource whose route is unknown. */
    public IncomingResource(
            Guid guid,
            ResourceContent content,
            @Nullable String sourceName,
            @Nullable String sourceHost,
            @Nullable String sourceUrl) {
        this(guid, content, sourceName, sourceHost, sourceUrl, Route.UNKNOWN);
    }

    /**
     * Creates the form in which this library sends a resource to another library.
     *
     * @param resource the resource
     * @param server the id of this library
     */
    public static IncomingResource from(Resource resource, LibraryId server) {
        Route route = resource.origin().routeThrough(server);
        return resource.origin()
                .match(
                        local -> new IncomingResource(resource.guid(), resource.content(), null, null, null, route),
                        source -> new IncomingResource(
                                resource.guid(),
                                resource.content(),
                                source.sourceName(),
                                source.sourceHost(),
                                source.sourceUrl(),
                                route));
    }

    /** Returns whether the peer created the resource itself. */
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

    /**
     * Returns the host of the library that created the resource, or null. Existing sites may send the original address
     * without a separate host.
     */
    private @Nullable String maker() {
        if (sourceHost != null || sourceUrl == null) {
            return sourceHost;
        }
        return PeerHost.ofAddress(sourceUrl).map(PeerHost::toString).orElse(null);
    }
}
