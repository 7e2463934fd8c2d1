package org.librarypeers.app.accounts;

import org.librarypeers.domain.UserName;

/** Thrown to indicate that people would confuse a new user name with an existing one. Nothing was saved. */
public final class LookalikeNameException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient UserName existing;

    LookalikeNameException(UserName name, UserName existing) {
        super("user name '" + name + "' looks like '" + existing + "', which exists already; choose another");
        this.existing = existing;
    }

    /** Returns the existing name. */
    public UserName existing() {
        return existing;
    }
}
