package org.librarypeers.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.peer.Completeness;
import org.librarypeers.sync.peer.Shortfall;

/** The completeness of the answers of one session, by the requested position. */
final class ListTally {

    private final Map<Position, Shortfall> shortfalls = new LinkedHashMap<>();
    private final Map<Position, Completeness.Unknown> unknowns = new LinkedHashMap<>();
    private @Nullable Position doubted;

    /**
     * Records an answer. Replaces an earlier answer for the same position.
     *
     * @param stalls whether the answer is empty although the list continues
     * @return whether to request the position once more, because its answer is incomplete or stalls for the first time
     */
    boolean isToBeAskedAgain(Position asked, Completeness found, boolean stalls) {
        boolean isShort = found.match(
                complete -> {
                    shortfalls.remove(asked);
                    unknowns.remove(asked);
                    return false;
                },
                unknown -> {
                    shortfalls.remove(asked);
                    unknowns.put(asked, unknown);
                    return false;
                },
                shortfall -> {
                    unknowns.remove(asked);
                    shortfalls.put(asked, shortfall);
                    return true;
                });
        boolean again = (isShort || stalls) && !asked.equals(doubted);
        doubted = asked;
        return again;
    }

    /** Records that the list may be incomplete, for a reason that the answer itself does not show. */
    void doubt(Position asked, String reason) {
        if (!shortfalls.containsKey(asked)) {
            unknowns.putIfAbsent(asked, new Completeness.Unknown(reason));
        }
    }

    /** Removes the answers for these positions, which are read again. */
    void forget(Predicate<Position> positions) {
        shortfalls.keySet().removeIf(positions);
        unknowns.keySet().removeIf(positions);
    }

    /** Returns the completeness of all answers together. Shortfalls are added up. */
    Completeness completeness() {
        if (shortfalls.isEmpty()) {
            return unknowns.isEmpty()
                    ? new Completeness.Complete()
                    : unknowns.values().iterator().next();
        }
        long expected = 0;
        long received = 0;
        for (Shortfall shortfall : shortfalls.values()) {
            expected += shortfall.expected();
            received += shortfall.received();
        }
        return new Shortfall((int) Math.min(Integer.MAX_VALUE, expected), (int) received);
    }
}
