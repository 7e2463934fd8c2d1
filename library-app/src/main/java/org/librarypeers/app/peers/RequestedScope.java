package org.librarypeers.app.peers;

import java.util.List;
import java.util.Locale;
import org.librarypeers.domain.Peer;
import org.librarypeers.sync.SyncScope;
import org.librarypeers.sync.SyncService;

/** The part of a peer's resources that a person asks a sync or a preview to read. */
public enum RequestedScope {
    /** The changes since the last run. */
    CHANGES,
    /** A reconciliation: by digests if the peer answers them, and otherwise of the whole list and every detail. */
    RECONCILIATION,
    /** The whole list and every detail, also if the peer answers digests. */
    EVERYTHING,
    /** The resources that differ from the digests of the peer. */
    DIFFERENCES;

    /** Returns the word for this scope in forms, addresses and message keys. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the scope with a word. Unknown words mean {@link #CHANGES}. */
    static RequestedScope of(String word) {
        for (RequestedScope scope : values()) {
            if (scope.word().equals(word)) {
                return scope;
            }
        }
        return CHANGES;
    }

    /** Returns what can be previewed of a peer: reading everything is a choice of its own only if digests can replace it. */
    static List<RequestedScope> offered(boolean isComparable) {
        return isComparable ? List.of(CHANGES, RECONCILIATION, EVERYTHING) : List.of(CHANGES, RECONCILIATION);
    }

    /** Returns the scope of a run of this peer. */
    SyncScope scope(SyncService sync, Peer peer) {
        return switch (this) {
            case CHANGES -> SyncScope.CHANGES;
            case RECONCILIATION -> sync.reconciliation(peer);
            case EVERYTHING -> SyncScope.EVERY_DETAIL;
            case DIFFERENCES -> SyncScope.DIFFERENCES;
        };
    }
}
