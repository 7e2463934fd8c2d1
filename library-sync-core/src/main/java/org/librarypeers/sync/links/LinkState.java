package org.librarypeers.sync.links;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.TextCut;

/**
 * The state of a link as of its last check. Times are those of this library's clock, with microsecond precision.
 *
 * @param checked when it was last checked; null if it never was
 * @param failures the number of failures since it last worked, from 0
 * @param failingSince the time of the first of them; null if there are none
 * @param deadSince when it was found to be dead; null if it is not
 * @param problem the result of the last check; null if the link worked
 * @param detail further facts; may be empty
 */
public record LinkState(
        @Nullable Instant checked,
        int failures,
        @Nullable Instant failingSince,
        @Nullable Instant deadSince,
        @Nullable LinkProblem problem,
        String detail) {

    /** The number of failures in a row after which a link can be dead. */
    public static final int DEAD_FAILURES = 3;

    /** The time for which a link must have failed until it is dead. */
    public static final Duration DEAD_AFTER = Duration.ofDays(3);

    /** The time after which a link that works is checked again. */
    public static final Duration RECHECK = Duration.ofDays(30);

    /** The time after which a link that failed is checked again, so that failures are spread over several days. */
    public static final Duration RECHECK_FAILING = Duration.ofDays(1);

    /** The time after which a dead link, or one whose host refuses programs, is checked again. */
    public static final Duration RECHECK_DEAD = Duration.ofDays(7);

    /** The state of a link that was never checked. */
    public static final LinkState UNCHECKED = new LinkState(null, 0, null, null, null, "");

    private static final int LONGEST_DETAIL = 200;

    /** Truncates the times to microseconds, and cuts the detail after 200 characters. */
    public LinkState {
        checked = micros(checked);
        failingSince = micros(failingSince);
        deadSince = micros(deadSince);
        detail = TextCut.start(detail, LONGEST_DETAIL);
    }

    private static @Nullable Instant micros(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.MICROS);
    }

    /** Returns the state after the link worked. */
    public LinkState worked(Instant now) {
        return new LinkState(now, 0, null, null, null, "");
    }

    /**
     * Returns the state after the link did not work. A single failure proves nothing. A link is dead when it has failed {@value
     * #DEAD_FAILURES} times in a row over at least {@link #DEAD_AFTER}. A problem that is {@linkplain LinkProblem#isFailure no
     * failure} changes nothing else.
     */
    public LinkState met(LinkProblem met, String about, Instant now) {
        if (!met.isFailure()) {
            return new LinkState(now, failures, failingSince, deadSince, met, about);
        }
        Instant since = failingSince == null ? now : failingSince;
        boolean isDead = failures + 1 >= DEAD_FAILURES && !now.isBefore(since.plus(DEAD_AFTER));
        Instant dead = deadSince != null ? deadSince : isDead ? now : null;
        return new LinkState(now, failures + 1, since, dead, met, about);
    }

    /** Returns whether the link is dead. */
    public boolean isDead() {
        return deadSince != null;
    }

    /** Returns how long to wait until the next check. */
    public Duration untilNextCheck() {
        if (isDead() || (problem != null && !problem.isFailure())) {
            return RECHECK_DEAD;
        }
        return failures > 0 ? RECHECK_FAILING : RECHECK;
    }
}
