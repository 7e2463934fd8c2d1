package org.librarypeers.sync.accounts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The uses of an account.
 *
 * @param signedIn when somebody last signed in; null if nobody has yet
 * @param keyUsed about when its own API key was last used, as opposed to a {@link NamedKey}; null if it never was
 * @param sessions the number of browsers that are signed in, at least 0
 */
public record AccountUse(
        @Nullable Instant signedIn, @Nullable Instant keyUsed, int sessions) {

    /** The use of an account that was never used. */
    public static final AccountUse NONE = new AccountUse(null, null, 0);
}
