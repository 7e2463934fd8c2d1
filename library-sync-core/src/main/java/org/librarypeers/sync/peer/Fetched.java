package org.librarypeers.sync.peer;

import java.util.List;
import org.librarypeers.domain.IncomingResource;
import org.librarypeers.domain.Remark;

/** What a peer answered when asked for one resource. */
public sealed interface Fetched {

    /**
     * The resource.
     *
     * @param resource what the peer sent, as far as it can be stored
     * @param remarks what of it was corrected or left out
     */
    record Body(IncomingResource resource, List<Remark> remarks) implements Fetched {

        /** Keeps a copy of the remarks. */
        public Body {
            remarks = List.copyOf(remarks);
        }

        /** Creates a body of which nothing was corrected or left out. */
        public Body(IncomingResource resource) {
            this(resource, List.of());
        }
    }

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
