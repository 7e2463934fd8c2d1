package org.librarypeers.domain;

import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A resource as a peer sent it. Its fingerprint is computed when it is created, so that the thread that reads the peer does this
 * work, and not the one that saves the resource.
 */
public final class IncomingResource {

    private final Guid guid;
    private final ResourceContent content;
    private final @Nullable String sourceName;
    private final @Nullable String sourceHost;
    private final @Nullable String sourceUrl;
    private final Route route;
    private final Fingerprint fingerprint;
    /** The host of the library that created the resource, or null. */
    private final @Nullable String maker;

    private final @Nullable LocalDate updated;

    /**
     * Creates a resource.
     *
     * @param guid the GUID of the resource
     * @param content the content
     * @param sourceName the name of the library that created the resource; null if the peer created it
     * @param sourceHost the scheme and host of the library that created the resource; null if the peer created it
     * @param sourceUrl the address of the resource in the library that created it, or null
     * @param route the libraries that the resource passed through, with the peer last; {@link Route#UNKNOWN} if the
     *     peer does not send them
     */
    public IncomingResource(
            Guid guid,
            ResourceContent content,
            @Nullable String sourceName,
            @Nullable String sourceHost,
            @Nullable String sourceUrl,
            Route route) {
        this.guid = guid;
        this.content = content;
        this.sourceName = sourceName;
        this.sourceHost = sourceHost;
        this.sourceUrl = sourceUrl;
        this.route = route;
        this.fingerprint = content.fingerprint();
        this.maker = sourceHost == null ? hostOf(sourceUrl) : sourceHost;
        this.updated = null;
    }

    private IncomingResource(IncomingResource other, ResourceContent content, @Nullable LocalDate updated) {
        this.guid = other.guid;
        this.content = content;
        this.sourceName = other.sourceName;
        this.sourceHost = other.sourceHost;
        this.sourceUrl = other.sourceUrl;
        this.route = other.route;
        this.fingerprint = other.fingerprint;
        this.maker = other.maker;
        this.updated = updated;
    }

    /** Returns this resource with the day on which the peer changed it last, in the peer's time; null if unknown. */
    public IncomingResource updatedOn(@Nullable LocalDate day) {
        return new IncomingResource(this, content, day);
    }

    /**
     * Returns this resource with the tags of this library. The fingerprint remains that of the content that the peer sent, so that
     * neither a new rule nor a changed one makes an unchanged resource look new.
     */
    public IncomingResource mapped(TagMapping mapping) {
        ResourceContent mapped = mapping.map(content);
        return Objects.equals(mapped, content) ? this : new IncomingResource(this, mapped, updated);
    }

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

    /** Returns the host of an address, or null. Existing sites may send the original address without a separate host. */
    private static @Nullable String hostOf(@Nullable String address) {
        return address == null
                ? null
                : PeerHost.ofAddress(address).map(PeerHost::toString).orElse(null);
    }

    /** Returns the GUID of the resource. */
    public Guid guid() {
        return guid;
    }

    /** Returns the content. */
    public ResourceContent content() {
        return content;
    }

    /** Returns the scheme and host of the library that created the resource. Null if the peer created it. */
    public @Nullable String sourceHost() {
        return sourceHost;
    }

    /** Returns the name of the library that created the resource. Null if the peer created it. */
    public @Nullable String sourceName() {
        return sourceName;
    }

    /** Returns the address of the resource in the library that created it, or null. */
    public @Nullable String sourceUrl() {
        return sourceUrl;
    }

    /** Returns the libraries that the resource passed through, with the peer last. */
    public Route route() {
        return route;
    }

    /** Returns the day on which the peer changed the resource last, in the peer's time; null if unknown. Not compared. */
    public @Nullable LocalDate updated() {
        return updated;
    }

    /** Returns whether the peer created the resource itself. */
    boolean isMadeBy(Peer peer) {
        return maker == null || peer.access().isAt(maker);
    }

    Origin.FromPeer originThrough(Peer peer) {
        String host = maker == null ? peer.host().map(PeerHost::toString).orElse(peer.address()) : maker;
        String name = sourceName != null ? sourceName : isMadeBy(peer) ? peer.name() : host;
        return new Origin.FromPeer(peer.id(), name, host, sourceUrl, route, fingerprint);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IncomingResource that
                && guid.equals(that.guid)
                && content.equals(that.content)
                && Objects.equals(sourceName, that.sourceName)
                && Objects.equals(sourceHost, that.sourceHost)
                && Objects.equals(sourceUrl, that.sourceUrl)
                && route.equals(that.route);
    }

    @Override
    public int hashCode() {
        return Objects.hash(guid, fingerprint, sourceName, sourceHost, sourceUrl, route);
    }

    /** Returns the GUID and the title. */
    @Override
    public String toString() {
        return "IncomingResource[" + guid + ", " + content.title() + "]";
    }
}
