package org.librarypeers.sync.curation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.TagRuleKey;
import org.librarypeers.domain.UserName;

/**
 * A change of the vocabulary that has not reached all resources yet. It is stored, so that a crash does not end it.
 *
 * @param id the number of the change; 0 if it is not saved
 * @param tags the numbers of the tags whose resources are examined
 * @param from the category or tag whose resources are examined too; null for none. Unlike a number, it also finds a tag that a run
 *     adds again because it started before the change.
 * @param peer the peer whose resources are examined; null for all resources
 * @param touches whether each resource is served again even if its tags stay the same, because their texts changed
 * @param by who made the change
 * @param total the number of resources to examine, as it was when the change was made
 * @param changed the number of resources that were changed so far
 * @param pass the number of times that all resources were examined before
 */
public record Retagging(
        long id,
        List<Long> tags,
        @Nullable TagRuleKey from,
        @Nullable PeerId peer,
        boolean touches,
        UserName by,
        long total,
        long changed,
        int pass) {

    /** Copies the list. */
    public Retagging {
        tags = List.copyOf(tags);
    }

    /** Returns a change that is not saved yet. */
    static Retagging of(
            List<Long> tags,
            @Nullable TagRuleKey from,
            @Nullable PeerId peer,
            boolean touches,
            UserName by,
            long total) {
        return new Retagging(0, tags, from, peer, touches, by, total, 0, 0);
    }
}
