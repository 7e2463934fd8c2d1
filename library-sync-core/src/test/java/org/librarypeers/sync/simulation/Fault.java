package org.librarypeers.sync.simulation;

import java.util.Random;

/**
 * What goes wrong in one run, and at which of its calls of storage or peer.
 *
 * @param kind what
 * @param at the number of the call, from 0
 * @param afterwards whether it goes wrong behind the call, when it has done its work
 */
record Fault(Kind kind, int at, boolean afterwards) {

    static final Fault NONE = new Fault(Kind.NONE, -1, false);

    enum Kind {
        NONE,
        /** The process stops: {@code kill -9}. */
        CRASH,
        /** The peer does not answer, or not to the end. */
        PEER_FAILS,
        /** The peer wants to be left alone. */
        PEER_THROTTLES,
        /** The peer says that it has nothing, and nothing more: it has lost its data, or its search is broken. */
        PEER_FORGETS,
        /** One resource is not there, or broken, for a moment. */
        PEER_MISLAYS,
        /** The process stands still for so long that another node takes the peer over. */
        STALL,
        /** The peer's list holds fewer rows than it announces, from some page on. */
        PEER_SHORTENS
    }

    static Fault draw(Random random) {
        int die = random.nextInt(12);
        if (die < 4) {
            return NONE;
        }
        Kind kind = die < 6 ? Kind.CRASH : Kind.values()[die - 4];
        boolean early = random.nextBoolean() || kind == Kind.PEER_SHORTENS;
        return new Fault(kind, random.nextInt(early ? 6 : 120), random.nextBoolean());
    }
}
