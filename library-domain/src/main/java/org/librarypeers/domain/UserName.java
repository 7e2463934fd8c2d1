package org.librarypeers.domain;

import java.util.regex.Pattern;

/**
 * The name of an account. It may be an e-mail address. It is case-sensitive.
 *
 * @param value 1 to {@value #MAX_LENGTH} letters, digits and {@code @ . + _ -}
 */
public record UserName(String value) implements Comparable<UserName> {

    /** The maximum length of a name, in characters. */
    public static final int MAX_LENGTH = 150;

    private static final Pattern FORM = Pattern.compile("[\\p{L}\\p{N}@.+_-]{1," + MAX_LENGTH + "}");

    /** The name of the account that imports and the command line use. */
    public static final UserName SYSTEM = new UserName("library");

    /**
     * Validates the name.
     *
     * @throws IllegalArgumentException if the name is empty or too long, or contains characters other than letters,
     *     digits and {@code @ . + _ -}
     */
    public UserName {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("user name " + Checks.shown(value)
                    + " is not valid; use 1 to 150 letters, digits and the characters @ . + _ -");
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
