package org.librarypeers.domain;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A user account of this library. Passwords and API keys are stored separately.
 *
 * @param name the user name, unique in this library
 * @param email the e-mail address, or null
 * @param fullName the person's name, or null
 * @param organisation the organisation that the person works for, or null
 * @param language the language code of the user interface; null to use the browser's language
 * @param role the role, which determines the permissions
 * @param active whether the account may be used
 * @param writesApi whether programs may write on behalf of this account through the API
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
    /** The maximum length of an e-mail address, in characters. */
    public static final int MAX_EMAIL = 254;

    /** The maximum length of a full name or organisation, in characters. */
    public static final int MAX_LINE = 200;

    /** Creates an active account without write access through the API. */
    public Account(UserName name, @Nullable String email, Role role) {
        this(name, email, null, null, null, role, true, false);
    }

    /**
     * Validates the account.
     *
     * @throws IllegalArgumentException if the e-mail address or the language code is invalid, or if a text is too long
     */
    public Account {
        email = Checks.optionalLiteral("e-mail address", email, MAX_EMAIL);
        if (email != null && !EMAIL.matcher(email).matches()) {
            throw new IllegalArgumentException(Checks.shown(email) + " is not a valid e-mail address");
        }
        fullName = Checks.optionalLine("full name", fullName, MAX_LINE);
        organisation = Checks.optionalLine("organisation", organisation, MAX_LINE);
        language = language == null ? null : LocalizedText.language(language);
    }

    /** Returns whether the text is a valid e-mail address for an account. An empty text is not valid. */
    public static boolean isEmail(String text) {
        return text.length() <= MAX_EMAIL && EMAIL.matcher(text).matches();
    }

    /** Returns a copy of this account with or without write access through the API. */
    public Account writingApi(boolean allowed) {
        return new Account(name, email, fullName, organisation, language, role, active, allowed);
    }

    /**
     * Returns a copy of this account with another e-mail address, full name, organisation and language. Each of them
     * may be null.
     */
    public Account withProfile(
            @Nullable String mail, @Nullable String called, @Nullable String employer, @Nullable String reads) {
        return new Account(name, mail, called, employer, reads, role, active, writesApi);
    }

    /** Returns a copy of this account with another role. */
    public Account withRole(Role another) {
        return new Account(name, email, fullName, organisation, language, another, active, writesApi);
    }

    /** Returns a copy of this account that is active or inactive. */
    public Account withActive(boolean works) {
        return new Account(name, email, fullName, organisation, language, role, works, writesApi);
    }

    /** Returns whether this account is active and has the role {@link Role#ADMIN}. */
    public boolean isActiveAdmin() {
        return active && role == Role.ADMIN;
    }
}
