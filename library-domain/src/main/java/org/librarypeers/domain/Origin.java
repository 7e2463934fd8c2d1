package org.librarypeers.domain;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The origin of a resource: local, or received from a peer. A sync never changes local resources. */
public sealed interface Origin {

    /** Returns the result of the function for this kind of origin. */
    <T> T match(Function<Local, T> local, Function<FromPeer, T> fromPeer);

    /**
     * Returns the route that a library sends with the resource, with the sending library last. If the resource reached
     * the library in a cycle, the route starts again with that library.
     */
    default Route routeThrough(LibraryId library) {
        Route before =
                match(local -> Route.UNKNOWN, source -> source.isCircularAt(library) ? Route.UNKNOWN : source.route());
        return before.then(library);
    }

    /** A resource that was created in this library. */
    record Local() implements Origin {

        @Override
        public <T> T match(Function<Local, T> local, Function<FromPeer, T> fromPeer) {
            return local.apply(this);
        }
    }

    /**
     * A resource that was received from a peer.
     *
     * @param peer the source: the peer whose updates are followed
     * @param sourceName the name of the library that created the resource, which is not the peer if the peer received
     *     the resource from another library
     * @param sourceHost the scheme and host of the library that created the resource
     * @param sourceUrl the address of the resource in that library, or null if unknown
     * @param route the libraries that the resource passed through, with the peer last
     * @param received the fingerprint of what the peer sent last; if the peer sends the same again, later local edits
     *     are kept
     */
    record FromPeer(
            PeerId peer,
            String sourceName,
            String sourceHost,
            @Nullable String sourceUrl,
            Route route,
            Fingerprint received)
            implements Origin {

        /** The maximum length of a name, host or address of a source, in characters. */
        public static final int MAX_SOURCE = 2_000;

        /**
         * Validates the origin.
         *
         * @throws IllegalArgumentException if name or host is missing, or if a text is too long
         */
        public FromPeer {
            sourceName = Checks.line("source name", sourceName, MAX_SOURCE);
            sourceHost = Checks.literal("source host", sourceHost, MAX_SOURCE);
            sourceUrl = Checks.optionalLiteral("source address", sourceUrl, MAX_SOURCE);
        }

        @Override
        public <T> T match(Function<Local, T> local, Function<FromPeer, T> fromPeer) {
            return fromPeer.apply(this);
        }

        /**
         * Returns whether the resource arrived in a cycle, which means that the peer received it by way of the given
         * library.
         */
        public boolean isCircularAt(LibraryId library) {
            return route.passes(library);
        }

        FromPeer through(Route another) {
            return new FromPeer(peer, sourceName, sourceHost, sourceUrl, another, received);
        }

        /**
         * Returns whether both origins look the same to readers and peers. Only the last received fingerprint may
         * differ.
         */
        boolean looksLike(FromPeer other) {
            return equals(new FromPeer(
                    other.peer, other.sourceName, other.sourceHost, other.sourceUrl, other.route, received));
        }
    }
}
