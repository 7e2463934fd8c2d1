package org.librarypeers.sync.port;

import org.librarypeers.domain.Incoming;

/** What a peer answered when asked for one resource. */
public sealed interface Fetched {

    /**
     * The resource.
     *
     * @param resource what the peer sent
     */
    record Body(Incoming resource) implements Fetched {}

    /** The peer does not have it, or no longer shows it. */
    record Gone() implements Fetched {}

    /**
     * There was no answer that could be understood, though the peer answers otherwise, and there would be none if it were asked
     * again at once.
     *
     * @param reason why, in a few words for the administrator
     */
    record Unreadable(String reason) implements Fetched {}
}
