package org.librarypeers.app.web;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.accounts.AccountService;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.UserName;

/** Validation of the form fields about accounts. Errors are added to the form, in the visitor's language. */
public final class AccountForm {

    private AccountForm() {}

    /** Returns the password exactly as typed, including surrounding white space; empty if the field is missing. */
    public static String password(Visit visit, String field) {
        String typed = visit.ctx().formParam(field);
        return typed == null ? "" : typed;
    }

    /** Returns the user name, or an empty {@code Optional} if it is invalid. */
    public static Optional<UserName> name(String text) {
        try {
            return Optional.of(new UserName(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns the user name in {@code username}. If it is invalid or reserved, adds an error to the form and returns an empty
     * {@code Optional}.
     */
    public static Optional<UserName> checkName(Visit visit, FormData form) {
        Optional<UserName> name = name(form.value("username")).filter(each -> !AccountService.isReserved(each));
        checkLength(visit, form, "username", "account.name", UserName.MAX_LENGTH);
        if (name.isEmpty()) {
            form.refuse("username", visit.say("account.name.wrong"));
        }
        return name;
    }

    /** Checks that {@code email} is empty or a valid address. */
    public static void checkEmail(Visit visit, FormData form) {
        checkLength(visit, form, "email", "account.email", Account.MAX_EMAIL);
        String email = form.value("email");
        if (!email.isEmpty() && !Account.isEmail(email)) {
            form.refuse("email", visit.say("account.email.wrong"));
        }
    }

    /** Checks that {@code fullname} and {@code organisation} are not too long and have no control characters. */
    public static void checkLines(Visit visit, FormData form) {
        for (String field : List.of("fullname", "organisation")) {
            checkLength(visit, form, field, "account." + field, Account.MAX_LINE);
            String line = form.value(field);
            if (line.length() > Account.MAX_LINE || line.chars().anyMatch(Character::isISOControl)) {
                form.refuse(field, visit.say("account.organisation.wrong"));
            }
        }
    }

    /** Adds an error with the name of the field and the permitted length if the value is too long. */
    private static void checkLength(Visit visit, FormData form, String field, String label, int most) {
        int length = form.value(field).length();
        if (length > most) {
            form.refuse(field, visit.say("common.long", visit.say(label), length, most));
        }
    }

    /**
     * Checks that {@code password} has a permitted length and is not a common password.
     *
     * @param name the user name of the account; null if it is not known yet
     * @param repeated whether {@code repeated} must hold the same password
     */
    public static void checkPassword(Visit visit, FormData form, @Nullable UserName name, boolean repeated) {
        String password = password(visit, "password");
        int length = password.codePointCount(0, password.length());
        if (length < AccountService.SHORTEST_PASSWORD) {
            form.refuse("password", visit.say("account.password.short", length, AccountService.SHORTEST_PASSWORD));
        } else if (length > AccountService.LONGEST_PASSWORD) {
            form.refuse("password", visit.say("account.password.long", length, AccountService.LONGEST_PASSWORD));
        } else if (AccountService.isCommonPassword(
                password, name == null ? UserName.SYSTEM : name, form.orNull("email"))) {
            form.refuse("password", visit.say("account.password.common"));
        } else if (repeated && !password.equals(password(visit, "repeated"))) {
            form.refuse("repeated", visit.say("account.password.differs"));
        }
    }
}
