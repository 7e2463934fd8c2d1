package org.librarypeers.domain;

/** The role of an account. Each role includes the permissions of those declared after it. */
public enum Role {
    /** An administrator of the library, its peers and its accounts. */
    ADMIN,
    /** A reviewer, who approves and rejects resources. */
    REVIEWER,
    /** A contributor, who adds resources. */
    CONTRIBUTOR,
    /** A member, who reads and has an API key. */
    MEMBER;

    /** Returns the lower-case name. */
    public String word() {
        return EnumWord.of(this);
    }

    /** Returns whether this role has all permissions of the other one. */
    public boolean includes(Role other) {
        return compareTo(other) <= 0;
    }
}
