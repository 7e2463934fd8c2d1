package org.librarypeers.domain;

import org.jspecify.annotations.Nullable;

/**
 * The point up to which a peer's changes have been read. Only the client that created a cursor can interpret it. Times
 * in it come from the peer's clock, with the peer's precision.
 *
 * @param token the value from which the client continues
 * @param upTo the last update date that was read, as the peer wrote it, for display; null if no date was read
 */
public record Cursor(String token, @Nullable String upTo) {

    private static final int MAX_LENGTH = 1_000;

    /**
     * Validates the cursor.
     *
     * @throws IllegalArgumentException if the token is empty, or if the token or the date has more than 1000 characters
     */
    public Cursor {
        token = Checks.literal("cursor", token, MAX_LENGTH);
        upTo = Checks.optionalLiteral("update date", upTo, MAX_LENGTH);
    }
}
