package org.librarypeers.sync.accounts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.librarypeers.domain.UserName;

/**
 * The tokens with which people set a new password: each works once and for a limited time. A token is stored in a form that is
 * useless to someone who can only read the storage.
 */
public interface AccountTokenRepository {

    /**
     * The permission that a token gives.
     *
     * @param account the account whose password it sets
     * @param purpose why it was made
     * @param expires the time from which it no longer works
     */
    record AccountToken(UserName account, Purpose purpose, Instant expires) {}

    /** The reasons why a token is made. */
    enum Purpose {
        /** The person has forgotten the password. */
        RESET,
        /** The account is new and has no password yet. */
        INVITATION
    }

    /**
     * Adds a token.
     *
     * @param secret the secret that the person gets; it must be new and known to nobody else
     */
    void add(String secret, AccountToken token);

    /** Returns the permission that a token gives. Empty if there is no such token or it has expired. */
    Optional<AccountToken> find(String secret, Instant now);

    /**
     * Removes a token and returns what it permitted. If several callers remove it at the same time, only one gets the
     * result. Empty if there is no such token or it has expired.
     */
    Optional<AccountToken> use(String secret, Instant now);

    /** Returns the tokens of an account that have not expired, the one that expires last first. */
    List<AccountToken> of(UserName account, Instant now);

    /** Removes all tokens of an account. */
    void removeAll(UserName account);

    /** Removes all tokens that expired before {@code now} or at that time. */
    void removeExpired(Instant now);
}
