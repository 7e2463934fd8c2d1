package org.librarypeers.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A reviewer's decision to approve or reject a resource. Decisions are only added, never changed.
 *
 * @param resource the resource
 * @param revision the number of the revision that the reviewer decided on, from 1
 * @param status {@link Status#APPROVED} or {@link Status#REJECTED}
 * @param by the reviewer
 * @param at the time of the decision, with microsecond precision, by this library's clock
 * @param note the reviewer's comment as plain text, or null
 */
public record Decision(
        Guid resource,
        int revision,
        Status status,
        UserName by,
        Instant at,
        @Nullable String note) {

    /** The maximum length of a note, in characters. */
    public static final int MAX_NOTE = 2_000;

    /**
     * Validates the decision.
     *
     * @throws IllegalArgumentException if the status is neither approved nor rejected, the revision is below 1, or the
     *     note is too long or cannot be stored
     */
    public Decision {
        Checks.atLeast("revision number", 1, revision);
        if (status != Status.APPROVED && status != Status.REJECTED) {
            throw new IllegalArgumentException("decision is " + status.word() + "; it must be approved or rejected");
        }
        at = at.truncatedTo(ChronoUnit.MICROS);
        note = Checks.optionalText("note", note, MAX_NOTE);
    }
}
