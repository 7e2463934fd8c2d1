package org.librarypeers.domain;

import org.jspecify.annotations.Nullable;

/** Where a resource comes from. That local work is never touched by a sync hangs on this distinction. */
public sealed interface Origin {

    /**
     * Through which libraries whoever gets it from that one has it. A circle counts for nothing: what has come in one begins
     * here.
     */
    default Route routeThrough(LibraryId library) {
        return this instanceof FromPeer source && !source.isCircularAt(library)
                ? source.route().then(library)
                : Route.UNKNOWN.then(library);
    }

    /** Made in this library. */
    record Local() implements Origin {}

    /**
     * Taken over from a peer.
     *
     * @param peer the peer whose updates are followed: its source
     * @param sourceName name of the library that made it, which is not the peer if the peer had it from another
     * @param sourceHost scheme and host of the library that made it
     * @param sourceUrl address of the resource there, or null if not known
     * @param route the libraries that it came through, the peer last
     * @param received what the peer sent last; what it sends again unchanged does not overwrite edits made here since
     */
    record FromPeer(
            PeerId peer,
            String sourceName,
            String sourceHost,
            @Nullable String sourceUrl,
            Route route,
            Fingerprint received)
            implements Origin {

        /** The longest name, host or address of a source, in characters. */
        public static final int MAX_SOURCE = 2_000;

        /**
         * Checks the source.
         *
         * @throws IllegalArgumentException if name or host are missing, or something is too long
         */
        public FromPeer {
            sourceName = Checks.line("source name", sourceName, MAX_SOURCE);
            sourceHost = Checks.literal("source host", sourceHost, MAX_SOURCE);
            sourceUrl = Checks.optionalLiteral("source address", sourceUrl, MAX_SOURCE);
        }

        /** Whether it has come in a circle: the peer has it from that library. */
        public boolean isCircularAt(LibraryId library) {
            return route.passes(library);
        }

        FromPeer through(Route another) {
            return new FromPeer(peer, sourceName, sourceHost, sourceUrl, another, received);
        }

        /** Returns whether readers and peers are told the same of both: only what was received last may differ. */
        boolean isToldLike(FromPeer other) {
            return equals(new FromPeer(
                    other.peer, other.sourceName, other.sourceHost, other.sourceUrl, other.route, received));
        }
    }
}
