package org.librarypeers.sync.notifications;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.UserName;

/**
 * The choice of a person for one kind of notification.
 *
 * @param account the account of the person
 * @param kind the kind of notification
 * @param frequency how often the person receives it
 * @param peers the peers that it is about; null for all peers, including those that are added later
 */
public record NotificationChoice(
        UserName account,
        NotificationKind kind,
        NotificationFrequency frequency,
        @Nullable Set<PeerId> peers) {

    /**
     * Copies the peers, and validates the choice.
     *
     * @throws IllegalArgumentException if the kind does not have this frequency, if it is not about peers but some are
     *     chosen, or if no peer is chosen
     */
    public NotificationChoice {
        if (frequency != NotificationFrequency.OFF && !kind.frequencies().contains(frequency)) {
            throw new IllegalArgumentException("'" + frequency.word() + "' is not possible for '" + kind.word() + "'");
        }
        if (peers != null && !kind.isPerPeer()) {
            throw new IllegalArgumentException("'" + kind.word() + "' is not about peers; choose none");
        }
        if (peers != null && peers.isEmpty()) {
            throw new IllegalArgumentException("no peer is chosen for '" + kind.word() + "'; choose at least one");
        }
        peers = peers == null ? null : Set.copyOf(peers);
    }

    /** Returns whether the choice includes a peer. Null stands for resources of this library, which only "all" includes. */
    public boolean includes(@Nullable PeerId peer) {
        return peers == null || (peer != null && peers.contains(peer));
    }
}
