package org.librarypeers.sync;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Outcome;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Fetched;

/**
 * Items of a peer that are decided and saved in one transaction.
 *
 * @param answered the items to decide on, with the answers of the peer
 * @param absent the versions, by remote id, of items that the peer listed but did not have when they were requested
 * @param rest the other information on the page
 */
record Batch(List<Answered> answered, Map<String, String> absent, Rest rest) {

    /**
     * The information on a page apart from the items to decide on.
     *
     * @param cursor the cursor after the page; null to keep the current cursor
     * @param unchanged the remote ids of resources that are listed as they were accepted before
     * @param leftOut the remote ids of resources that are listed as they were left out by rule before
     * @param again the remote ids of those items that were already counted, because the list showed no change
     * @param deletions the decision on the deletions that the peer's feed contains; saved together with the cursor
     * @param renumbered remote ids of quarantined items that now belong to another resource or to none
     * @param last whether the page is the last one, so that the run usually ends soon
     */
    record Rest(
            @Nullable Cursor cursor,
            Map<Guid, String> unchanged,
            Map<Guid, String> leftOut,
            Again again,
            Deletions.Decided deletions,
            Set<String> renumbered,
            boolean last) {

        private Rest(Map<Guid, String> unchanged, Map<Guid, String> leftOut, Again again, Set<String> renumbered) {
            this(null, unchanged, leftOut, again, Deletions.Decided.NOTHING, renumbered, false);
        }

        Rest withoutCursor() {
            return new Rest(unchanged, leftOut, again, renumbered);
        }

        Rest cursorOnly() {
            return new Rest(cursor, Map.of(), Map.of(), Again.NONE, deletions, Set.of(), last);
        }

        /** Returns the rest for a batch in which only the given items were answered. The cursor is not moved. */
        Rest of(List<ChangePage.Item> answered) {
            Set<String> some = answered.stream().map(ChangePage.Item::remoteId).collect(Collectors.toSet());
            return new Rest(unchanged, leftOut, again.among(some), renumbered);
        }

        /** Returns a rest that ends the quarantine of these remote ids. */
        static Rest resolved(Set<String> remoteIds) {
            return new Rest(Map.of(), Map.of(), Again.NONE, remoteIds);
        }

        /** Returns a rest that contains only the items that were already counted. */
        static Rest again(Again items) {
            return new Rest(Map.of(), Map.of(), items, Set.of());
        }
    }

    /**
     * The remote ids of items that were already counted when they were listed, and that are decided on after all.
     *
     * @param unchanged those that were counted as unchanged
     * @param leftOut those that were counted as left out by rule
     */
    record Again(Set<String> unchanged, Set<String> leftOut) {

        static final Again NONE = new Again(Set.of(), Set.of());

        Again among(Set<String> remoteIds) {
            return new Again(common(unchanged, remoteIds), common(leftOut, remoteIds));
        }

        private static Set<String> common(Set<String> some, Set<String> others) {
            return some.stream().filter(others::contains).collect(Collectors.toSet());
        }

        Set<String> all() {
            return Stream.concat(unchanged.stream(), leftOut.stream()).collect(Collectors.toSet());
        }

        boolean isEmpty() {
            return unchanged.isEmpty() && leftOut.isEmpty();
        }
    }

    /** Returns whether the batch ends the list and changes nothing but the cursor and the counts. */
    boolean isQuietEnd() {
        return rest.last()
                && answered.isEmpty()
                && absent.isEmpty()
                && rest.again().isEmpty()
                && rest.deletions().isEmpty()
                && rest.renumbered().isEmpty();
    }

    List<ChangePage.Item> items() {
        return answered.stream().map(Answered::item).toList();
    }

    /** Returns the GUIDs of the bodies. */
    List<Guid> guids() {
        return answered.stream()
                .map(Answered::answer)
                .filter(Fetched.Body.class::isInstance)
                .map(answer -> ((Fetched.Body) answer).resource().guid())
                .toList();
    }

    /** Returns the outcomes of the resources that are listed as they were accepted or left out before. */
    List<Outcome> unchanged() {
        return Stream.concat(
                        outcomes(Outcome.Kind.UNCHANGED, rest.unchanged()),
                        outcomes(Outcome.Kind.LEFT_OUT, rest.leftOut()))
                .toList();
    }

    private static Stream<Outcome> outcomes(Outcome.Kind kind, Map<Guid, String> listed) {
        return listed.entrySet().stream().map(item -> new Outcome(kind, item.getValue(), item.getKey(), null));
    }

    /** Returns the counts that the batch adds to the tally of the run, apart from the decisions. */
    SyncTally tally() {
        return SyncTally.NONE
                .unchanged(rest.unchanged().size() - rest.again().unchanged().size())
                .leftOut(rest.leftOut().size() - rest.again().leftOut().size())
                .withdrawn(rest.deletions().withdrawn().size());
    }
}
