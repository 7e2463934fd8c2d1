package org.librarypeers.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * That a reviewer said yes or no to a resource. Decisions are only ever added.
 *
 * @param resource the resource
 * @param revision the number of the revision that the reviewer decided on
 * @param status {@link Status#APPROVED} or {@link Status#REJECTED}
 * @param by who decided
 * @param at when, to the microsecond, in this library's time
 * @param note what the reviewer had to say about it, as plain text; or null
 */
public record Decision(
        Guid resource,
        int revision,
        Status status,
        UserName by,
        Instant at,
        @Nullable String note) {

    /** The longest note, in characters. */
    public static final int MAX_NOTE = 2_000;

    /**
     * Checks the decision.
     *
     * @throws IllegalArgumentException if the status is none that a reviewer decides on, the revision is below 1, or the note
     *     is too long or cannot be stored
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
