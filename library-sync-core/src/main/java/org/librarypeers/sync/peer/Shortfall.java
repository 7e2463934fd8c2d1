package org.librarypeers.sync.peer;

/**
 * How far a list of a peer falls short of what the peer announced.
 *
 * @param expected how many resources the peer announced; more than were received
 * @param received how many it gave, from 0
 */
public record Shortfall(int expected, int received) implements Completeness {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if the list does not fall short
     */
    public Shortfall {
        if (received < 0 || received >= expected) {
            throw new IllegalArgumentException(
                    "shortfall with " + received + " of " + expected + " resources: nothing is missing");
        }
    }

    /** Returns how many resources are missing; at least 1. */
    public int missing() {
        return expected - received;
    }
}
