package org.librarypeers.sync.accounts;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.UserName;

/**
 * The sessions of signed-in users. The secret of a session is stored in a form that is useless to someone who can only
 * read the storage.
 */
public interface SessionRepository {

    /**
     * A session.
     *
     * @param account the signed-in account
     * @param expires the time at which the session ends automatically
     */
    record Session(UserName account, Instant expires) {}

    /**
     * Starts a session.
     *
     * @param secret the secret that the browser sends to continue the session; it must be new and known to nobody else
     * @param session the session
     */
    void begin(String secret, Session session);

    /** Returns the account of a session, whether active or not. Empty if there is no such session or it has expired. */
    Optional<Account> find(String secret, Instant now);

    /** Ends the session with this secret. Does nothing if there is no such session. */
    void end(String secret);

    /**
     * Ends all sessions of an account.
     *
     * @param account the account
     * @param but the secret of a session that continues; null to end all
     */
    void endAll(UserName account, @Nullable String but);

    /** Removes all sessions that expired before {@code now}. */
    void removeExpired(Instant now);
}
