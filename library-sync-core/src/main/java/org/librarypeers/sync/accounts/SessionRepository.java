package org.librarypeers.sync.accounts;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.UserName;

/** Who is signed in. A session's secret is kept so that who reads the storage alone cannot use it. */
public interface SessionRepository {

    /**
     * A session that lasts.
     *
     * @param account who is signed in
     * @param expires when it ends by itself
     */
    record Session(UserName account, Instant expires) {}

    /**
     * Begins a session.
     *
     * @param secret what the browser shows to go on with it; known to nobody else, and not used before
     */
    void begin(String secret, Session session);

    /** Whose session that is, active or not, if it has not ended by {@code now}. */
    Optional<Account> find(String secret, Instant now);

    /** Ends the session of that secret, if there is one. */
    void end(String secret);

    /**
     * Ends all sessions of that account.
     *
     * @param but the secret of one that goes on; null for none
     */
    void endAll(UserName account, @Nullable String but);

    /** Removes all that ended before {@code now}. */
    void removeExpired(Instant now);
}
