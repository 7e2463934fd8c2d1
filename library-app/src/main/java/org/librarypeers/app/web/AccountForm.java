package org.librarypeers.app.web;

import java.util.List;
import java.util.Optional;
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
    public static Optional<UserName> checkName(Visit visit, Filled form) {
        Optional<UserName> name = name(form.value("username")).filter(each -> !AccountService.isReserved(each));
        if (name.isEmpty()) {
            form.refuse("username", visit.say("account.name.wrong"));
        }
        return name;
    }

    /** Sees whether {@code email} holds an address, or nothing. */
    public static void checkEmail(Visit visit, Filled form) {
        String email = form.value("email");
        if (!email.isEmpty() && !Account.isEmail(email)) {
            form.refuse("email", visit.say("account.email.wrong"));
        }
    }

    /** Sees whether {@code fullname} and {@code organisation} can be kept. */
    public static void checkLines(Visit visit, Filled form) {
        for (String field : List.of("fullname", "organisation")) {
            String line = form.value(field);
            if (line.length() > Account.MAX_LINE || line.chars().anyMatch(Character::isISOControl)) {
                form.refuse(field, visit.say("account.organisation.wrong"));
            }
        }
    }

    /**
     * Sees whether {@code password} is long enough.
     *
     * @param repeated whether {@code repeated} must hold it too
     */
    public static void checkPassword(Visit visit, Filled form, boolean repeated) {
        String password = password(visit, "password");
        int length = password.codePointCount(0, password.length());
        if (length < AccountService.SHORTEST_PASSWORD) {
            form.refuse("password", visit.say("account.password.short", length, AccountService.SHORTEST_PASSWORD));
        } else if (length > AccountService.LONGEST_PASSWORD) {
            form.refuse("password", visit.say("account.password.long", length, AccountService.LONGEST_PASSWORD));
        } else if (repeated && !password.equals(password(visit, "repeated"))) {
            form.refuse("repeated", visit.say("account.password.differs"));
        }
    }
}
