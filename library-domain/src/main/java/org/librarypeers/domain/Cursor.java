package org.librarypeers.domain;

import org.jspecify.annotations.Nullable;

/**
 * Up to where a peer's changes have been read. Made by the client that asks the peer and understood by nobody else; it is
 * in the peer's own time and precision, never in ours.
 *
 * @param token what the client goes on from
 * @param upTo for people: the last update date read, as the peer wrote it; null if none was
 */
public record Cursor(String token, @Nullable String upTo) {

    private static final int MAX_LENGTH = 1_000;

    /**
     * Checks the cursor.
     *
     * @throws IllegalArgumentException if the token is empty, or either is too long
     */
    public Cursor {
        token = Checks.literal("cursor", token, MAX_LENGTH);
        upTo = Checks.optionalLiteral("update date", upTo, MAX_LENGTH);
    }
}
