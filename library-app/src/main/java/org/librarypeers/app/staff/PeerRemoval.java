package org.librarypeers.app.staff;

import java.util.List;
import org.librarypeers.domain.Peer;

/**
 * What becomes of a peer's resources when it is removed. All of them stay.
 *
 * @param total how many follow it
 * @param approved how many of them are approved
 * @param heirs who takes over from it
 * @param alone how many nobody takes over
 */
public record PeerRemoval(Peer peer, long total, long approved, List<Heir> heirs, long alone) {

    /** Keeps a copy. */
    public PeerRemoval {
        heirs = List.copyOf(heirs);
    }

    /** Another peer, and how many resources it takes over. */
    public record Heir(Peer peer, long resources) {}
}
