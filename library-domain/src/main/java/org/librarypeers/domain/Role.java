package org.librarypeers.domain;

import java.util.Locale;

/** What an account may do; each role may also do what those below it may. */
public enum Role {
    /** Runs the library: peers, accounts, everything. */
    ADMIN,
    /** Decides what is published. */
    REVIEWER,
    /** Adds resources. */
    CONTRIBUTOR,
    /** Reads, and has an API key. */
    MEMBER;

    /** The word for it: the name in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether this role may do what that one may. */
    public boolean includes(Role other) {
        return compareTo(other) <= 0;
    }
}
