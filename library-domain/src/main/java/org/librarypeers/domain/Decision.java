package org.librarypeers.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A decision to approve or reject a resource, by a reviewer or by the publication policy of a peer; or the undoing of an
 * earlier decision, which is an entry of its own. Decisions are only added, never changed.
 *
 * @param resource the resource
 * @param revision the number of the revision that was decided on, from 1
 * @param status {@link Status#APPROVED} or {@link Status#REJECTED}
 * @param by the reviewer; {@link UserName#SYSTEM} for a policy
 * @param at the time of the decision, with microsecond precision, by this library's clock
 * @param note the reviewer's comment as plain text, or null
 * @param policy the policy that published the revision, or null if a reviewer decided
 * @param effect what it changed; null for a policy, and for decisions of versions that did not save it, which cannot be
 *     undone
 * @param isUndo whether this undoes the decision of the same {@linkplain DecisionEffect#action action} on the resource;
 *     revision and status are then those of the undone decision
 */
public record Decision(
        Guid resource,
        int revision,
        Status status,
        UserName by,
        Instant at,
        @Nullable String note,
        @Nullable PublicationPolicy policy,
        @Nullable DecisionEffect effect,
        boolean isUndo) {

    /** The maximum length of a note, in characters. */
    public static final int MAX_NOTE = 2_000;

    /**
     * Validates the decision.
     *
     * @throws IllegalArgumentException if the status is neither approved nor rejected, the revision is below 1, the
     *     note is too long or cannot be stored, a policy did something other than approve on behalf of the library, or
     *     an undo lacks its effect
     */
    public Decision {
        Checks.atLeast("revision number", 1, revision);
        if (status != Status.APPROVED && status != Status.REJECTED) {
            throw new IllegalArgumentException("decision is " + status.word() + "; it must be approved or rejected");
        }
        at = at.truncatedTo(ChronoUnit.MICROS);
        note = Checks.optionalText("note", note, MAX_NOTE);
        if (policy != null && (status != Status.APPROVED || !by.equals(UserName.SYSTEM))) {
            throw new IllegalArgumentException("a policy approves on behalf of the library, but the decision is "
                    + status.word() + " by " + by.value());
        }
        if (isUndo && effect == null) {
            throw new IllegalArgumentException("undoing a decision on " + resource + " has no effect");
        }
    }

    /** Creates the decision of a reviewer. */
    public static Decision ofReviewer(
            Guid resource,
            int revision,
            Status status,
            UserName by,
            Instant at,
            @Nullable String note,
            DecisionEffect effect) {
        return new Decision(resource, revision, status, by, at, note, null, effect, false);
    }

    /** Creates the decision of a policy to publish a revision. */
    public static Decision ofPolicy(PublicationPolicy policy, Guid resource, int revision, Instant at) {
        return new Decision(resource, revision, Status.APPROVED, UserName.SYSTEM, at, null, policy, null, false);
    }

    /**
     * Returns the entry that undoes this decision.
     *
     * @param reviewer the person who undoes it
     * @param time the time of undoing
     * @throws IllegalStateException if this is an undo, or has no effect that could be undone
     */
    public Decision undone(UserName reviewer, Instant time) {
        if (effect == null || isUndo) {
            throw new IllegalStateException("decision on " + resource + " of " + at + " cannot be undone");
        }
        return new Decision(resource, revision, status, reviewer, time, null, null, effect.reversed(), true);
    }

    /**
     * Returns the last decision that was not undone. Empty if every decision was undone or none was made.
     *
     * @param latestFirst the decisions on one resource, the latest first
     */
    public static Optional<Decision> standing(List<Decision> latestFirst) {
        Set<UUID> undone = new HashSet<>();
        for (Decision each : latestFirst) {
            UUID action = each.effect == null ? null : each.effect.action();
            if (each.isUndo) {
                undone.add(Objects.requireNonNull(action));
            } else if (action == null || !undone.contains(action)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
