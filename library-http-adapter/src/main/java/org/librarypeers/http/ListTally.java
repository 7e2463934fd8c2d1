package org.librarypeers.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.peer.Completeness;
import org.librarypeers.sync.peer.Shortfall;

/** The completeness of the answers of one session, by the requested position. */
final class ListTally {

    private final Map<Position, Completeness> incomplete = new LinkedHashMap<>();
    private @Nullable Position doubted;

    /**
     * Records an answer, in place of an earlier answer for the same position.
     *
     * @param stalls whether the answer is empty although the list continues
     * @return whether to request the position once more, because its answer is incomplete or stalls for the first time
     */
    boolean isToBeAskedAgain(Position asked, Completeness found, boolean stalls) {
        if (found instanceof Completeness.Complete) {
            incomplete.remove(asked);
        } else {
            incomplete.put(asked, found);
        }
        boolean again = (found instanceof Shortfall || stalls) && !asked.equals(doubted);
        doubted = asked;
        return again;
    }

    /** Records that the list may be incomplete, for a reason that the answer itself does not show. */
    void doubt(Position asked, String reason) {
        incomplete.putIfAbsent(asked, new Completeness.Unknown(reason));
    }

    /** Removes the answers for these positions, which are read again. */
    void forget(Predicate<Position> positions) {
        incomplete.keySet().removeIf(positions);
    }

    /** Returns the completeness of all answers together. Shortfalls are added up. */
    Completeness completeness() {
        long expected = 0;
        long received = 0;
        Completeness unknown = null;
        for (Completeness one : incomplete.values()) {
            if (one instanceof Shortfall shortfall) {
                expected += shortfall.expected();
                received += shortfall.received();
            } else if (unknown == null) {
                unknown = one;
            }
        }
        if (expected > 0) {
            return new Shortfall((int) Math.min(Integer.MAX_VALUE, expected), (int) received);
        }
        return unknown == null ? new Completeness.Complete() : unknown;
    }
}
