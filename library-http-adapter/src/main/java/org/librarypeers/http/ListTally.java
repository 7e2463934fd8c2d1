package org.librarypeers.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.peer.Completeness;
import org.librarypeers.sync.peer.Shortfall;

/** What the answers of one session say of the completeness of the list, by the position that was asked for. */
final class ListTally {

    private final Map<Position, Completeness> incomplete = new LinkedHashMap<>();
    private @Nullable Position doubted;

    /**
     * Notes an answer, in place of an earlier one for the same position.
     *
     * @param stalls whether it gives nothing though the list goes on
     * @return whether to ask for that position once more, since the answer falls short or stalls for the first time
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

    /** Notes a doubt that an answer does not show by itself. */
    void doubt(Position asked, String reason) {
        incomplete.putIfAbsent(asked, new Completeness.Unknown(reason));
    }

    /** Forgets the answers for these positions, which will be read again. */
    void forget(Predicate<Position> positions) {
        incomplete.keySet().removeIf(positions);
    }

    /** Returns what all answers say together; the shortfalls are added up. */
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
