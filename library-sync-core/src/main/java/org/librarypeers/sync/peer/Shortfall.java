package org.librarypeers.sync.peer;

import java.util.function.Function;

/**
 * The shortfall of an incomplete list: fewer resources than the peer announced.
 *
 * @param expected the number of resources that the peer announced
 * @param received the number of resources that the list contained, from 0 and below {@code expected}
 */
public record Shortfall(int expected, int received) implements Completeness {

    /**
     * Validates the numbers.
     *
     * @throws IllegalArgumentException if {@code received} is negative or not below {@code expected}
     */
    public Shortfall {
        if (received < 0 || received >= expected) {
            throw new IllegalArgumentException(
                    "a list with " + received + " of " + expected + " resources has no shortfall");
        }
    }

    @Override
    public <T> T match(Function<Complete, T> complete, Function<Unknown, T> unknown, Function<Shortfall, T> shortfall) {
        return shortfall.apply(this);
    }

    /** Returns the number of missing resources, from 1. */
    public int missing() {
        return expected - received;
    }
}
