package org.librarypeers.sync.accounts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.UserName;

/**
 * A further API key of an account, for one program or device. Its secret is not stored, only a hash.
 *
 * @param account the account that the key belongs to
 * @param name what the owner calls the key, unique in the account, of 1 to {@value #MAX_NAME} characters
 * @param created when it was created
 * @param used about when it was last used; null if it was never used
 */
public record NamedKey(
        UserName account,
        String name,
        Instant created,
        @Nullable Instant used) {

    /** The maximum length of a name, in characters. */
    public static final int MAX_NAME = 60;

    /**
     * Validates the key.
     *
     * @throws IllegalArgumentException if the name is empty, too long or contains control characters
     */
    public NamedKey {
        if (name.isBlank() || name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "the name of an API key must have 1 to " + MAX_NAME + " characters on one line");
        }
    }
}
