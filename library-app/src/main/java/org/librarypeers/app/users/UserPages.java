package org.librarypeers.app.users;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.accounts.AccountService;
import org.librarypeers.app.accounts.LookalikeNameException;
import org.librarypeers.app.http.PageNumber;
import org.librarypeers.app.notifications.PasswordLinks;
import org.librarypeers.app.web.AccountForm;
import org.librarypeers.app.web.FormData;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.accounts.AccountUse;
import org.librarypeers.sync.accounts.DuplicateAccountException;
import org.librarypeers.sync.library.LibraryStorage;

/** The pages on which accounts and their roles are managed. */
public final class UserPages {

    private static final int PAGE = 100;

    /** The field that chooses an invitation instead of a password. */
    private static final String INVITE = "invite";

    private final LibraryStorage storage;
    private final AccountService accounts;
    private final PasswordLinks links;
    private final Clock clock;

    /** Creates the pages with these services on a storage. */
    public UserPages(LibraryStorage storage, AccountService accounts, PasswordLinks links, Clock clock) {
        this.clock = clock;
        this.storage = storage;
        this.accounts = accounts;
        this.links = links;
    }

    /** Adds these pages to the routes. */
    public void routes(PageRoutes routes) {
        routes.get("/users", Role.ADMIN, this::list);
        routes.get("/users/new", Role.ADMIN, visit -> form(visit, 200, null, new FormData().with("role", "member")));
        routes.post("/users/new", Role.ADMIN, this::add);
        routes.get("/users/{name}", Role.ADMIN, this::edit);
        routes.post("/users/{name}", Role.ADMIN, this::save);
    }

    private void list(Visit visit) {
        List<Account> all = accounts.all();
        PageNumber page = PageNumber.of(visit.parameter("page"));
        int from = Math.min(page.offset(PAGE), all.size());
        int to = Math.min(from + PAGE, all.size());
        List<Account> shown = all.subList(from, to);
        Map<String, Object> values = new HashMap<>(Map.of("accounts", shown));
        values.put("uses", accounts.uses(shown.stream().map(Account::name).toList()));
        values.put("previous", page.previous("/users?page="));
        values.put("next", page.next("/users?page=", to == all.size()));
        visit.render("users/list", values);
    }

    private void form(Visit visit, int status, @Nullable Account account, FormData form) {
        Map<String, Object> values = new HashMap<>(Map.of("form", form));
        values.put("account", account);
        values.put("invites", account == null && links.isAvailable());
        if (account != null) {
            UserName name = account.name();
            values.put("use", accounts.uses(List.of(name)).getOrDefault(name, AccountUse.NONE));
            values.put("keys", accounts.apiKeys().of(name));
            values.put("tokens", storage.accountTokens().of(name, clock.instant()));
            values.put("mails", links.isAvailable() && account.email() != null && account.active());
        }
        visit.render(status, "users/user", values);
    }

    private static FormData read(Visit visit) {
        FormData form = FormData.read(
                visit,
                "username",
                "email",
                "fullname",
                "organisation",
                "role",
                "writes",
                "active",
                INVITE,
                FormData.SEEN);
        AccountForm.checkEmail(visit, form);
        AccountForm.checkLines(visit, form);
        return form;
    }

    private static Role role(FormData form) {
        for (Role role : Role.values()) {
            if (role.word().equals(form.value("role"))) {
                return role;
            }
        }
        return Role.MEMBER;
    }

    private void add(Visit visit) {
        FormData form = read(visit);
        Optional<UserName> name = AccountForm.checkName(visit, form);
        boolean invited = links.isAvailable() && !form.value(INVITE).isEmpty();
        if (!invited) {
            AccountForm.checkPassword(visit, form, name.orElse(null), false);
        } else if (form.value("email").isEmpty()) {
            form.refuse("email", visit.say("users.invite.email"));
        }
        if (form.isGood() && name.isPresent()) {
            try {
                String password = invited ? null : AccountForm.password(visit, "password");
                storage.inTransaction(() -> add(form, name.get(), password));
                visit.go(
                        "/users",
                        invited ? "users.invited" : "users.added",
                        name.get().value());
                return;
            } catch (DuplicateAccountException e) {
                form.refuse("username", visit.say("account.name.taken"));
            } catch (LookalikeNameException e) {
                form.refuse(
                        "username", visit.say("account.name.alike", e.existing().value()));
            }
        }
        form(visit, 422, null, form);
    }

    /** Adds an account. Invites the person if the password is null. */
    private void add(FormData form, UserName name, @Nullable String password) {
        String email = form.orNull("email");
        if (password == null) {
            accounts.createWithoutPassword(name, role(form), form.value("email"));
        } else {
            accounts.create(name, role(form), email, password);
        }
        Account added = accounts.change(
                        name,
                        made -> made.withProfile(email, form.orNull("fullname"), form.orNull("organisation"), null)
                                .writingApi(!form.value("writes").isEmpty()))
                .orElseThrow();
        if (password == null) {
            links.invite(added);
        }
    }

    private Optional<Account> account(Visit visit) {
        return AccountForm.name(visit.ctx().pathParam("name")).flatMap(accounts::find);
    }

    private void edit(Visit visit) {
        account(visit).ifPresentOrElse(account -> form(visit, 200, account, filled(account)), visit::notFound);
    }

    private static FormData filled(Account account) {
        return new FormData()
                .with("email", account.email())
                .with("fullname", account.fullName())
                .with("organisation", account.organisation())
                .with("role", account.role().word())
                .with("writes", account.writesApi() ? "on" : "")
                .with("active", account.active() ? "on" : "")
                .sealed();
    }

    private void save(Visit visit) {
        Account account = account(visit).orElse(null);
        if (account == null) {
            visit.notFound();
            return;
        }
        FormData form = read(visit);
        String password = AccountForm.password(visit, "password");
        if (!password.isEmpty()) {
            AccountForm.checkPassword(visit, form, account.name(), false);
        }
        try {
            if (form.isGood() && !storage.inTransaction(() -> isSaved(visit, account.name(), form, password))) {
                form.refuse("all", visit.say("users.last"));
            }
        } catch (ChangedMeanwhileException e) {
            FormData stored = filled(e.now);
            stored.refuse("all", visit.say("users.changed"));
            form(visit, 409, e.now, stored);
            return;
        }
        if (!form.isGood()) {
            form(visit, 422, account, form);
            return;
        }
        visit.go("/users", "users.saved", account.name().value());
    }

    /** Saves the form, and the password unless it is empty. Returns false if the account is the last administrator. */
    private boolean isSaved(Visit visit, UserName name, FormData form, String password) {
        if (accounts.change(name, now -> changed(now, form)).isEmpty()) {
            return false;
        }
        if (!password.isEmpty()) {
            boolean isSelf = name.equals(visit.signedIn().name());
            accounts.changePassword(name, password, isSelf ? visit.session() : null);
        }
        return true;
    }

    /** A signal that the account has changed since the form was shown. */
    private static final class ChangedMeanwhileException extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Account now;

        ChangedMeanwhileException(Account now) {
            super("account " + now.name() + " has changed");
            this.now = now;
        }
    }

    private static Account changed(Account account, FormData form) {
        if (!form.isBasedOn(filled(account))) {
            throw new ChangedMeanwhileException(account);
        }
        return account.withProfile(
                        form.orNull("email"), form.orNull("fullname"), form.orNull("organisation"), account.language())
                .withRole(role(form))
                .withActive(!form.value("active").isEmpty())
                .writingApi(!form.value("writes").isEmpty());
    }
}
