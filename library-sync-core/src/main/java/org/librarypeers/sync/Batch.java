package org.librarypeers.sync;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.storage.Outcome;

/**
 * What is decided on and kept at once.
 *
 * @param items of the peer
 * @param answers one for each item, in their order
 * @param absent the versions of those items, by remote id, that the peer listed and that were not there when they were asked for
 * @param rest what the page says beside
 */
record Batch(List<ChangePage.Item> items, List<Fetched> answers, Map<String, String> absent, Rest rest) {

    /**
     * What a page says beside the items that are to be decided on.
     *
     * @param cursor where to go on after it; null to leave the cursor where it is
     * @param unchanged the remote ids of what is listed as it was taken before
     * @param again the remote ids of those items that have been counted as unchanged already, since the list showed no change
     * @param renumbered remote ids under which something bad was known, and which are now something else or nothing
     */
    record Rest(@Nullable Cursor cursor, Map<Guid, String> unchanged, Set<String> again, Set<String> renumbered) {

        Rest withoutCursor() {
            return new Rest(null, unchanged, again, renumbered);
        }

        Rest cursorOnly() {
            return new Rest(cursor, Map.of(), Set.of(), Set.of());
        }

        /** If only those items of the batch are decided on: what the page says beside them holds, and the cursor stays. */
        Rest of(List<ChangePage.Item> answered) {
            Set<String> some = answered.stream()
                    .map(ChangePage.Item::remoteId)
                    .filter(again::contains)
                    .collect(Collectors.toSet());
            return new Rest(null, unchanged, some, renumbered);
        }

        /** Creates what says that nothing is bad any more under those remote ids. */
        static Rest mended(Set<String> remoteIds) {
            return new Rest(null, Map.of(), Set.of(), remoteIds);
        }

        /** Nothing; of the items, those have been counted already. */
        static Rest again(Set<String> items) {
            return new Rest(null, Map.of(), items, Set.of());
        }
    }

    List<Guid> guids() {
        return answers.stream()
                .filter(Fetched.Body.class::isInstance)
                .map(answer -> ((Fetched.Body) answer).resource().guid())
                .toList();
    }

    /** What the page says to be as it was taken before. */
    List<Outcome> unchanged() {
        return rest.unchanged().entrySet().stream()
                .map(item -> new Outcome(Outcome.Kind.UNCHANGED, item.getValue(), item.getKey(), null))
                .toList();
    }

    /** What the batch adds to the run's tally beside what is decided. */
    SyncTally tally() {
        return SyncTally.NONE.plusUnchanged(
                rest.unchanged().size() - rest.again().size());
    }
}
