package org.librarypeers.sync.peer;

import java.util.List;
import org.librarypeers.domain.IncomingResource;
import org.librarypeers.domain.Remark;

/** The answer of a peer to the request for one resource. */
public sealed interface Fetched {

    /**
     * The body of the resource.
     *
     * @param resource what the peer sent, as far as it can be stored
     * @param remarks what was corrected or left out
     */
    record Body(IncomingResource resource, List<Remark> remarks) implements Fetched {

        /** Copies the remarks. */
        public Body {
            remarks = List.copyOf(remarks);
        }

        /** Creates a body without remarks. */
        public Body(IncomingResource resource) {
            this(resource, List.of());
        }
    }

    /** The peer does not have the resource, or no longer shows it. */
    record Gone() implements Fetched {}

    /**
     * The answer was unreadable although the peer works otherwise. An immediate retry would give the same answer.
     *
     * @param reason a short reason for the administrator
     */
    record Unreadable(String reason) implements Fetched {}
}
