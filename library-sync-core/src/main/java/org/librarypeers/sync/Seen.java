package org.librarypeers.sync;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Status;

/**
 * How a reviewer saw a resource. A decision counts for that only: what has changed since is not decided on unread.
 *
 * @param revision the number of the revision
 * @param status where the resource stood
 * @param decided the number of the revision on which a reviewer last decided; 0 for none
 * @param withdrawn whether the reviewer was told that its source offers it no longer
 */
public record Seen(int revision, Status status, int decided, boolean withdrawn) {

    private static final Pattern WORD = Pattern.compile("([1-9][0-9]{0,8})-([a-z]+)-([0-9]{1,9})(-withdrawn)?");

    /** That resource as it is. */
    public static Seen of(Resource resource, boolean withdrawn) {
        return new Seen(
                resource.revision().number(),
                resource.status(),
                resource.review().decided(),
                withdrawn);
    }

    /** What {@link #word} made; nothing for any other text. */
    public static Optional<Seen> ofWord(String word) {
        Matcher parts = WORD.matcher(word);
        return parts.matches()
                ? Status.ofWord(parts.group(2))
                        .map(status -> new Seen(
                                Integer.parseInt(parts.group(1)),
                                status,
                                Integer.parseInt(parts.group(3)),
                                parts.group(4) != null))
                : Optional.empty();
    }

    /** As one word that a form can carry. */
    public String word() {
        return revision + "-" + status.word() + "-" + decided + (withdrawn ? "-withdrawn" : "");
    }
}
