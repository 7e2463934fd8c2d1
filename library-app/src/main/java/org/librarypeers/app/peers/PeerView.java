package org.librarypeers.app.peers;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerAccess;
import org.librarypeers.domain.SyncLog;

/**
 * A peer as pages show it.
 *
 * @param last its newest run; null if there was none
 * @param next the time of its next sync; null if unknown or in the past
 * @param scheduled whether this process runs the schedule
 * @param approved the number of approved resources that follow it
 * @param total the number of resources that follow it, of any status
 * @param quarantined the number of its quarantined items
 */
public record PeerView(
        Peer peer,
        @Nullable SyncLog last,
        @Nullable Instant next,
        boolean scheduled,
        long approved,
        long total,
        long quarantined) {

    /** Returns whether it can be synced at any time. */
    public boolean isReady() {
        return peer.takesRequests();
    }

    /** Returns how it is read if it is an OAI-PMH repository; null otherwise. */
    public PeerAccess.@Nullable Oai repository() {
        return peer.access().repository().orElse(null);
    }

    /** Returns its newest run; null if there was none. */
    public @Nullable RunView run() {
        return last == null ? null : new RunView(last, null, Instant.EPOCH);
    }

    /** The states of a peer, as people see them. The words are message keys below {@code peers.state}. */
    public enum State {
        /** It is not synced, or cannot be. */
        OFF("inactive", "warn"),
        /** It was never synced. */
        NEW("new", ""),
        /** It is being synced. */
        SYNCING("syncing", ""),
        /** Its last sync read everything that it should. */
        CURRENT("current", "good"),
        /** Its last sync failed. */
        FAILING("failing", "bad"),
        /** It accepts no more requests for a while. */
        THROTTLED("throttled", "warn"),
        /** Its last sync was stopped before its end. */
        INTERRUPTED("interrupted", "warn");

        private final String word;
        private final String mark;

        State(String word, String mark) {
            this.word = word;
            this.mark = mark;
        }
    }

    /** Returns the state of the peer. */
    public State state() {
        if (!peer.isQueryable()) {
            return State.OFF;
        } else if (last == null) {
            return State.NEW;
        }
        return switch (last.status()) {
            case RUNNING -> State.SYNCING;
            case SUCCEEDED -> State.CURRENT;
            case FAILED -> State.FAILING;
            case THROTTLED -> State.THROTTLED;
            case INTERRUPTED -> State.INTERRUPTED;
        };
    }

    /** Returns the message key, below {@code peers.state}, of the state; a peer that cannot be synced has the reason. */
    public String stateWord() {
        return state() == State.OFF ? state(peer) : state().word;
    }

    /** Returns the CSS classes of the state. */
    public String stateMark() {
        return ("mark " + state().mark).strip();
    }

    /** Returns the message key, below {@code peers.next}, that replaces an unknown time of the next sync. */
    public String noNext() {
        if (!isReady()) {
            return "none";
        } else if (!peer.syncsAutomatically()) {
            return last == null ? "first" : "manual";
        }
        return scheduled ? "soon" : "unscheduled";
    }

    /** Returns the message key, below {@code peers.state}, that tells whether the peer can be synced, or why not. */
    public static String state(Peer peer) {
        if (!peer.active()) {
            return "inactive";
        }
        return peer.access()
                .match(PeerView::state, bundle -> bundle.key().confirmed() ? "bundles" : "unconfirmed", oai -> "ready");
    }

    private static String state(PeerAccess.Orb access) {
        if (access.user() == null) {
            return access.key() == null ? "no-credentials" : "no-user";
        }
        return access.key() == null ? "no-key" : "ready";
    }
}
