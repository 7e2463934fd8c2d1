package org.librarypeers.app.staff;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.SyncLog;

/**
 * A peer as pages show it.
 *
 * @param last its newest run; null if there was none
 * @param next when it is synced next; null if that is not known
 * @param scheduled whether this server keeps the schedule
 * @param approved how many approved resources follow it
 * @param total how many resources follow it, whatever their status
 * @param bad how many of its items are quarantined
 */
public record PeerView(
        Peer peer,
        @Nullable SyncLog last,
        @Nullable Instant next,
        boolean scheduled,
        long approved,
        long total,
        long bad) {

    /** Whether it can be synced. */
    public boolean isReady() {
        return peer.isQueryable();
    }

    /** Its newest run, if there was one. */
    public @Nullable RunView run() {
        return last == null ? null : new RunView(last, null, Instant.EPOCH);
    }

    /** The text, below {@code peers.next}, that stands in for the time of the next sync. */
    public String noNext() {
        if (!isReady()) {
            return "none";
        } else if (!peer.syncsAutomatically()) {
            return last == null ? "first" : "manual";
        }
        return scheduled ? "soon" : "unscheduled";
    }

    /** The text, below {@code peers.state}, that says whether it can be synced, or why not. */
    public static String state(Peer peer) {
        if (!peer.active()) {
            return "inactive";
        } else if (peer.apiUser() == null) {
            return peer.apiKey() == null ? "no-credentials" : "no-user";
        }
        return peer.apiKey() == null ? "no-key" : "ready";
    }
}
