package org.librarypeers.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A decision that this library never takes a resource from any peer. If the resource is already here, it stays as it is.
 *
 * @param resource the resource
 * @param title the title when it was refused; empty if it was unknown
 * @param by who refused it
 * @param at when it was refused, by this library's clock, in microseconds
 * @param reason why it was refused, on one line
 */
public record Refusal(Guid resource, String title, UserName by, Instant at, String reason) {

    /** The maximum length of a reason, in characters. */
    public static final int MAX_REASON = 500;

    /**
     * Validates the refusal. Cuts a title that is too long.
     *
     * @throws IllegalArgumentException if the reason is missing or too long
     */
    public Refusal {
        title = Checks.remark(title, ResourceContent.MAX_TITLE);
        at = at.truncatedTo(ChronoUnit.MICROS);
        reason = Checks.line("reason", reason, MAX_REASON);
    }
}
