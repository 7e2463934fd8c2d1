package org.librarypeers.sync.simulation;

import java.util.Random;

/**
 * A fault of one run.
 *
 * @param kind the kind of fault
 * @param at the index of the call to the storage or the peer at which the fault happens, from 0
 * @param afterwards whether the fault happens after the call has done its work
 */
record Fault(Kind kind, int at, boolean afterwards) {

    static final Fault NONE = new Fault(Kind.NONE, -1, false);

    enum Kind {
        NONE,
        /** The process stops immediately: {@code kill -9}. */
        CRASH,
        /** The peer does not answer, or breaks off its answer. */
        PEER_FAILS,
        /** The peer throttles the run. */
        PEER_THROTTLES,
        /** The peer returns empty, final lists, because it has lost its data or its search is broken. */
        PEER_FORGETS,
        /** A resource is absent or unreadable for a moment. */
        PEER_MISLAYS,
        /** The process stands still for so long that another node takes the peer over. */
        STALL,
        /** The peer's list has fewer rows than it announces, from some page on. */
        PEER_SHORTENS,
        /** The peer says that resources are deleted which it still offers or never had. */
        PEER_DELETES,
        /** The digests of the peer are wrong. */
        PEER_LIES
    }

    static Fault draw(Random random) {
        int die = random.nextInt(14);
        if (die < 4) {
            return NONE;
        }
        Kind kind = die < 6 ? Kind.CRASH : Kind.values()[die - 4];
        boolean early = random.nextBoolean() || kind == Kind.PEER_SHORTENS;
        return new Fault(kind, random.nextInt(early ? 6 : 120), random.nextBoolean());
    }
}
