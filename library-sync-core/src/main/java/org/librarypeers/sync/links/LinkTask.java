package org.librarypeers.sync.links;

import java.util.Set;
import org.librarypeers.domain.PeerHost;

/**
 * A link to check.
 *
 * @param id its number
 * @param address its address, as its author wrote it
 * @param host scheme, host and port of the address
 * @param state what is known about it
 * @param peers the hosts of the peers from which resources with this link came
 */
public record LinkTask(long id, String address, String host, LinkState state, Set<PeerHost> peers) {

    /** Copies the set. */
    public LinkTask {
        peers = Set.copyOf(peers);
    }
}
