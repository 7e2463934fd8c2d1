package org.librarypeers.domain;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who has an account in this library. Passwords and keys are kept elsewhere.
 *
 * @param name unique in this library
 * @param email or null
 * @param role what the account may do
 * @param active whether it may do anything at all
 * @param writesApi whether programs may write in its name through the API
 */
public record Account(UserName name, @Nullable String email, Role role, boolean active, boolean writesApi) {

    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");
    private static final int MAX_EMAIL = 254;

    /** An active account that may not write through the API. */
    public Account(UserName name, @Nullable String email, Role role) {
        this(name, email, role, true, false);
    }

    /**
     * Checks the account.
     *
     * @throws IllegalArgumentException if the e-mail address is none
     */
    public Account {
        email = Checks.optionalLine("e-mail address", email, MAX_EMAIL);
        if (email != null && !EMAIL.matcher(email).matches()) {
            throw new IllegalArgumentException("e-mail address " + Checks.shown(email) + " is none");
        }
    }

    /** This account, which may or may not write through the API from now on. */
    public Account writingApi(boolean allowed) {
        return new Account(name, email, role, active, allowed);
    }
}
