package org.librarypeers.domain;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a resource that a decision changes. Two equal snapshots of one resource mean that it shows readers and
 * reviewers the same.
 *
 * @param status the status
 * @param current the number of the current revision, from 1
 * @param waiting the number of the revision that waits for review; 0 if no revision waits
 * @param review the state of the review
 */
public record ReviewSnapshot(Status status, int current, int waiting, ReviewState review) {

    private static final Pattern WORD =
            Pattern.compile("([a-z]+)-([1-9][0-9]{0,8})-([0-9]{1,9})-([0-9]{1,9})-([0-9]{1,9})");

    /**
     * Validates the numbers.
     *
     * @throws IllegalArgumentException if the current revision is below 1 or the waiting one is negative
     */
    public ReviewSnapshot {
        Checks.atLeast("current revision", 1, current);
        Checks.atLeast("waiting revision", 0, waiting);
    }

    /** Returns the snapshot of a resource. */
    public static ReviewSnapshot of(Resource resource) {
        Revision waiting = resource.revisions().waiting();
        return new ReviewSnapshot(
                resource.status(),
                resource.revision().number(),
                waiting == null ? 0 : waiting.number(),
                resource.review());
    }

    /** Parses the output of {@link #word}. Empty for any other text. */
    public static Optional<ReviewSnapshot> ofWord(String word) {
        Matcher parts = WORD.matcher(word);
        return parts.matches()
                ? Status.ofWord(parts.group(1))
                        .map(status -> new ReviewSnapshot(
                                status,
                                Integer.parseInt(parts.group(2)),
                                Integer.parseInt(parts.group(3)),
                                new ReviewState(Integer.parseInt(parts.group(4)), Integer.parseInt(parts.group(5)))))
                : Optional.empty();
    }

    /** Returns a text form without spaces, which is used in storage. */
    public String word() {
        return status.word() + "-" + current + "-" + waiting + "-" + review.brought() + "-" + review.decided();
    }

    /** Returns whether readers see another content, or see the resource where they did not, or the reverse. */
    boolean isServedUnlike(ReviewSnapshot other) {
        return status != other.status || (status == Status.APPROVED && current != other.current);
    }
}
