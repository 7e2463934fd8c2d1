package org.librarypeers.sync;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Status;

/**
 * The state in which a reviewer saw a resource. A decision applies only to this state, so that nothing is approved
 * unread.
 *
 * @param revision the number of the revision {@linkplain Resource#toReview to review}
 * @param beside the number of the public revision beside which it waits; 0 if it is missing
 * @param status the status of the resource
 * @param decided the number of the revision on which a reviewer decided last; 0 if it is missing
 * @param withdrawn whether the reviewer saw that the source had withdrawn the resource
 */
public record ReviewedRevision(int revision, int beside, Status status, int decided, boolean withdrawn) {

    private static final Pattern WORD =
            Pattern.compile("([1-9][0-9]{0,8})-([0-9]{1,9})-([a-z]+)-([0-9]{1,9})(-withdrawn)?");

    /** Returns the current state of the resource. */
    public static ReviewedRevision of(Resource resource, boolean withdrawn) {
        boolean waits = resource.revisions().waiting() != null;
        return new ReviewedRevision(
                resource.toReview().number(),
                waits ? resource.revision().number() : 0,
                resource.status(),
                resource.review().decided(),
                withdrawn);
    }

    /** Parses the output of {@link #word}. Empty for any other text. */
    public static Optional<ReviewedRevision> ofWord(String word) {
        Matcher parts = WORD.matcher(word);
        return parts.matches()
                ? Status.ofWord(parts.group(3))
                        .map(status -> new ReviewedRevision(
                                Integer.parseInt(parts.group(1)),
                                Integer.parseInt(parts.group(2)),
                                status,
                                Integer.parseInt(parts.group(4)),
                                parts.group(5) != null))
                : Optional.empty();
    }

    /** Returns a text form without spaces, for use in web forms. */
    public String word() {
        return revision + "-" + beside + "-" + status.word() + "-" + decided + (withdrawn ? "-withdrawn" : "");
    }

    /**
     * Returns another reviewer's decision on this revision since it was seen. Empty if the resource changed for another
     * reason, or if another revision waits.
     */
    Optional<Status> decidedSince(Resource now) {
        if (now.revisions().waiting() != null) {
            return Optional.empty();
        }
        boolean isDecided = now.status() != status || now.review().decided() != decided;
        if (isDecided && now.revision().number() == revision) {
            return Optional.of(now.status());
        }
        // The waiting revision was declined, and the public one stayed.
        return isDecided && now.revision().number() == beside ? Optional.of(Status.REJECTED) : Optional.empty();
    }
}
