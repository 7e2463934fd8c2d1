package org.librarypeers.app.web;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.accounts.AccountService;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.UserName;

/** What forms about accounts ask for, checked, in the visitor's words. */
public final class AccountForm {

    private AccountForm() {}

    /** A password as it was typed, with the space around it; empty if none was. */
    public static String password(Visit visit, String field) {
        String typed = visit.ctx().formParam(field);
        return typed == null ? "" : typed;
    }

    /** That user name; nothing if it is none. */
    public static Optional<UserName> name(String text) {
        try {
            return Optional.of(new UserName(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The user name in {@code username}; nothing, and said in the form, if it is none. */
    public static Optional<UserName> checkName(Visit visit, FormData form) {
        Optional<UserName> name = name(form.value("username")).filter(each -> !AccountService.isReserved(each));
        checkLength(visit, form, "username", "account.name", UserName.MAX_LENGTH);
        if (name.isEmpty()) {
            form.refuse("username", visit.say("account.name.wrong"));
        }
        return name;
    }

    /** Sees whether {@code email} holds an address, or nothing. */
    public static void checkEmail(Visit visit, FormData form) {
        checkLength(visit, form, "email", "account.email", Account.MAX_EMAIL);
        String email = form.value("email");
        if (!email.isEmpty() && !Account.isEmail(email)) {
            form.refuse("email", visit.say("account.email.wrong"));
        }
    }

    /** Sees whether {@code fullname} and {@code organisation} can be kept. */
    public static void checkLines(Visit visit, FormData form) {
        for (String field : List.of("fullname", "organisation")) {
            checkLength(visit, form, field, "account." + field, Account.MAX_LINE);
            String line = form.value(field);
            if (line.length() > Account.MAX_LINE || line.chars().anyMatch(Character::isISOControl)) {
                form.refuse(field, visit.say("account.organisation.wrong"));
            }
        }
    }

    /** Says of a text that is too long which field it is in, and how long it may be. */
    private static void checkLength(Visit visit, FormData form, String field, String label, int most) {
        int length = form.value(field).length();
        if (length > most) {
            form.refuse(field, visit.say("common.long", visit.say(label), length, most));
        }
    }

    /**
     * Sees whether {@code password} is long enough, and not too common.
     *
     * @param name the user name of the account; null if that is not known yet
     * @param repeated whether {@code repeated} must hold it too
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
