package org.librarypeers.sync.notifications;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.librarypeers.domain.Role;

/** A kind of notification that a person can choose. */
public enum NotificationKind {
    /** A peer fails: at the first failed run, once a day while it fails, and when a run succeeds again. */
    PEER_FAILURES(Role.ADMIN, true),
    /** Runs have ended. */
    RUNS(Role.ADMIN, true),
    /** Resources have begun to wait for a reviewer. */
    REVIEW(Role.REVIEWER, true),
    /** The number of quarantined items of a peer grows. */
    QUARANTINE(Role.ADMIN, true),
    /** Little disk space is left. Reported when this begins, once a day, and when there is enough space again. */
    DISK(Role.ADMIN, false);

    private final Role role;
    private final boolean perPeer;

    NotificationKind(Role role, boolean perPeer) {
        this.role = role;
        this.perPeer = perPeer;
    }

    /** Returns the role that a person needs to receive notifications of this kind. */
    public Role role() {
        return role;
    }

    /** Returns whether a person can choose the peers. */
    public boolean isPerPeer() {
        return perPeer;
    }

    /** Returns the frequencies that a person can choose, beside {@link NotificationFrequency#OFF}. */
    public List<NotificationFrequency> frequencies() {
        return switch (this) {
            case PEER_FAILURES, QUARANTINE, DISK -> List.of(NotificationFrequency.AT_ONCE);
            case RUNS ->
                List.of(NotificationFrequency.AT_ONCE, NotificationFrequency.DAILY, NotificationFrequency.WEEKLY);
            case REVIEW -> List.of(NotificationFrequency.DAILY, NotificationFrequency.WEEKLY);
        };
    }

    /** Returns the word for this kind, for example {@code peer-failures}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the kind with this word. Empty if there is no such kind. */
    public static Optional<NotificationKind> find(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
}
