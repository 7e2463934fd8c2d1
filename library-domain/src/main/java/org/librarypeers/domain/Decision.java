package org.librarypeers.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A decision to approve or reject a resource, by a reviewer or by the publication policy of a peer. Decisions are only
 * added, never changed.
 *
 * @param resource the resource
 * @param revision the number of the revision that was decided on, from 1
 * @param status {@link Status#APPROVED} or {@link Status#REJECTED}
 * @param by the reviewer; {@link UserName#SYSTEM} for a policy
 * @param at the time of the decision, with microsecond precision, by this library's clock
 * @param note the reviewer's comment as plain text, or null
 * @param policy the policy that published the revision, or null if a reviewer decided
 */
public record Decision(
        Guid resource,
        int revision,
        Status status,
        UserName by,
        Instant at,
        @Nullable String note,
        @Nullable PublicationPolicy policy) {

    /** The maximum length of a note, in characters. */
    public static final int MAX_NOTE = 2_000;

    /**
     * Validates the decision.
     *
     * @throws IllegalArgumentException if the status is neither approved nor rejected, the revision is below 1, the
     *     note is too long or cannot be stored, or a policy did something other than approve on behalf of the library
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
    }

    /** Creates the decision of a reviewer. */
    public static Decision ofReviewer(
            Guid resource, int revision, Status status, UserName by, Instant at, @Nullable String note) {
        return new Decision(resource, revision, status, by, at, note, null);
    }

    /** Creates the decision of a policy to publish a revision. */
    public static Decision ofPolicy(PublicationPolicy policy, Guid resource, int revision, Instant at) {
        return new Decision(resource, revision, Status.APPROVED, UserName.SYSTEM, at, null, policy);
    }
}
