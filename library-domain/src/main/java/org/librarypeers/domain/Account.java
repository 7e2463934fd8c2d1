package org.librarypeers.domain;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who has an account in this library. Passwords and keys are kept elsewhere.
 *
 * @param name unique in this library
 * @param email or null
 * @param fullName what the person is called; or null
 * @param organisation for whom the person works; or null
 * @param language in which the person reads the interface; null for whatever the browser asks
 * @param role what the account may do
 * @param active whether it may do anything at all
 * @param writesApi whether programs may write in its name through the API
 */
public record Account(
        UserName name,
        @Nullable String email,
        @Nullable String fullName,
        @Nullable String organisation,
        @Nullable String language,
        Role role,
        boolean active,
        boolean writesApi) {

    private static final Pattern EMAIL = Pattern.compile("[^@\\s\\p{Cntrl}]+@[^@\\s\\p{Cntrl}]+\\.[^@\\s\\p{Cntrl}]+");
    /** The longest e-mail address, in characters. */
    public static final int MAX_EMAIL = 254;

    /** The longest full name or organisation, in characters. */
    public static final int MAX_LINE = 200;

    /** An active account that may not write through the API. */
    public Account(UserName name, @Nullable String email, Role role) {
        this(name, email, null, null, null, role, true, false);
    }

    /**
     * Checks the account.
     *
     * @throws IllegalArgumentException if the e-mail address or the language is none, or something is too long
     */
    public Account {
        email = Checks.optionalLiteral("e-mail address", email, MAX_EMAIL);
        if (email != null && !EMAIL.matcher(email).matches()) {
            throw new IllegalArgumentException("e-mail address " + Checks.shown(email) + " is none");
        }
        fullName = Checks.optionalLine("full name", fullName, MAX_LINE);
        organisation = Checks.optionalLine("organisation", organisation, MAX_LINE);
        language = language == null ? null : LocalizedText.language(language);
    }

    /** Whether that could be the e-mail address of an account; an empty one is none. */
    public static boolean isEmail(String text) {
        return text.length() <= MAX_EMAIL && EMAIL.matcher(text).matches();
    }

    /** This account, which may or may not write through the API from now on. */
    public Account writingApi(boolean allowed) {
        return new Account(name, email, fullName, organisation, language, role, active, allowed);
    }

    /** This account, of somebody who is reached, called, works and reads like that; see the parameters of this record. */
    public Account withProfile(
            @Nullable String mail, @Nullable String called, @Nullable String employer, @Nullable String reads) {
        return new Account(name, mail, called, employer, reads, role, active, writesApi);
    }

    /** This account with that role. */
    public Account withRole(Role another) {
        return new Account(name, email, fullName, organisation, language, another, active, writesApi);
    }

    /** This account, which may or may not do anything from now on. */
    public Account withActive(boolean works) {
        return new Account(name, email, fullName, organisation, language, role, works, writesApi);
    }

    /** Whether it runs the library. */
    public boolean isActiveAdmin() {
        return active && role == Role.ADMIN;
    }
}
