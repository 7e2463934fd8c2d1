package org.librarypeers.domain;

import java.util.regex.Pattern;

/**
 * The name of an account, also an e-mail address if its owner likes. Letter case counts.
 *
 * @param value without spaces, colons or slashes
 */
public record UserName(String value) implements Comparable<UserName> {

    /** The longest name, in characters. */
    public static final int MAX_LENGTH = 150;

    private static final Pattern FORM = Pattern.compile("[\\p{L}\\p{N}@.+_-]{1," + MAX_LENGTH + "}");

    /** The account in whose name imports and the command line act. */
    public static final UserName SYSTEM = new UserName("library");

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if it is empty, too long, or has other characters than letters, digits and
     *     {@code @ . + _ -}
     */
    public UserName {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("user name " + Checks.shown(value)
                    + " is not made of 1 to 150 letters, digits and the characters @ . + _ -");
        }
    }

    @Override
    public int compareTo(UserName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
