package org.librarypeers.app.users;

import java.util.Map;
import java.util.Optional;
import org.librarypeers.app.accounts.AccountService;
import org.librarypeers.app.audit.AuditAction;
import org.librarypeers.app.audit.AuditTrail;
import org.librarypeers.app.notifications.PasswordLinks;
import org.librarypeers.app.web.AccountForm;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.app.web.Wording;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.Role;
import org.librarypeers.sync.library.LibraryStorage;

/** The actions of administrators on the sessions, API keys and links of a user. */
public final class UserActions {

    private final LibraryStorage storage;
    private final AccountService accounts;
    private final PasswordLinks links;
    private final AuditTrail trail;

    /** Creates the actions with these services on a storage. */
    public UserActions(LibraryStorage storage, AccountService accounts, PasswordLinks links, AuditTrail trail) {
        this.storage = storage;
        this.accounts = accounts;
        this.links = links;
        this.trail = trail;
    }

    /** Adds these actions to the routes. */
    public void routes(PageRoutes routes) {
        routes.post("/users/{name}/signout", Role.ADMIN, visit -> with(visit, this::signOut));
        routes.post("/users/{name}/keys/remove", Role.ADMIN, visit -> with(visit, this::removeKey));
        routes.post("/users/{name}/invite", Role.ADMIN, visit -> with(visit, this::invite));
        routes.post("/users/{name}/links/remove", Role.ADMIN, visit -> with(visit, this::removeLinks));
    }

    private interface UserAction {
        void on(Visit visit, Account account);
    }

    private void with(Visit visit, UserAction action) {
        Optional<Account> account =
                AccountForm.name(visit.ctx().pathParam("name")).flatMap(accounts::find);
        if (account.isPresent()) {
            action.on(visit, account.get());
        } else {
            visit.notFound();
        }
    }

    private static void back(Visit visit, Account account, String key, Object... values) {
        visit.go("/users/" + Wording.pathPart(account.name().value()), key, values);
    }

    private void record(AuditAction action, Account account) {
        trail.record(new AuditTrail.Note(action, AuditTrail.subject(account.name()), Map.of()));
    }

    private void signOut(Visit visit, Account account) {
        boolean isSelf = account.name().equals(visit.signedIn().name());
        storage.inTransaction(() -> {
            accounts.signOutEverywhere(account.name(), isSelf ? visit.session() : null);
            record(AuditAction.SIGNED_OUT_EVERYWHERE, account);
        });
        back(visit, account, "users.signedout", account.name().value());
    }

    private void removeKey(Visit visit, Account account) {
        String name = visit.field("name");
        boolean removed = accounts.apiKeys().remove(account.name(), name);
        back(visit, account, removed ? "account.keys.removed" : "account.keys.gone", name);
    }

    private void invite(Visit visit, Account account) {
        if (!links.isAvailable() || account.email() == null || !account.active()) {
            back(visit, account, "users.links.impossible");
            return;
        }
        storage.inTransaction(() -> {
            storage.accountTokens().removeAll(account.name());
            links.invite(account);
            record(AuditAction.INVITATION_SENT, account);
        });
        back(visit, account, "users.links.sent", account.email());
    }

    private void removeLinks(Visit visit, Account account) {
        storage.inTransaction(() -> {
            storage.accountTokens().removeAll(account.name());
            record(AuditAction.PASSWORD_LINKS_REMOVED, account);
        });
        back(visit, account, "users.links.removed");
    }
}
