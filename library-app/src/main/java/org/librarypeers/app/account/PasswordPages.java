package org.librarypeers.app.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.librarypeers.app.accounts.SignIns;
import org.librarypeers.app.notifications.PasswordLinks;
import org.librarypeers.app.web.AccountForm;
import org.librarypeers.app.web.FormData;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.UserName;

/** The pages for people who have forgotten their password or were invited. They exist only if links can be mailed. */
public final class PasswordPages {

    private final PasswordLinks links;
    private final Clock clock;

    /** Creates the pages with this service. */
    public PasswordPages(PasswordLinks links, Clock clock) {
        this.links = links;
        this.clock = clock;
    }

    /** Adds these pages to the routes, and the link on the sign-in page if they exist. */
    public void routes(PageRoutes routes) {
        if (links.isAvailable()) {
            routes.offerPasswordLinks();
        }
        routes.get("/forgotten", ifAvailable(visit -> forgottenForm(visit, 200, new FormData(), false)));
        routes.post("/forgotten", ifAvailable(this::forgotten));
        routes.get(PasswordLinks.PATH + "{token}", ifAvailable(this::passwordForm));
        routes.post(PasswordLinks.PATH + "{token}", ifAvailable(this::setPassword));
    }

    private PageRoutes.PageHandler ifAvailable(PageRoutes.PageHandler page) {
        return visit -> {
            if (links.isAvailable()) {
                page.answer(visit);
            } else {
                visit.notFound();
            }
        };
    }

    private static void forgottenForm(Visit visit, int status, FormData form, boolean sent) {
        visit.render(status, "account/forgotten", Map.of("form", form, "sent", sent));
    }

    /** Mails a link. The response is the same whether or not there is such an account. */
    private void forgotten(Visit visit) {
        FormData form = FormData.read(visit, "username");
        if (form.value("username").isEmpty()) {
            form.refuse("username", visit.say("account.forgotten.empty"));
            forgottenForm(visit, 422, form, false);
            return;
        }
        SignIns.Caller caller = new SignIns.Caller(visit.ctx().ip(), null);
        Optional<Instant> later = links.forgotten(form.value("username"), caller);
        if (later.isPresent()) {
            long seconds = Duration.between(clock.instant(), later.get()).toSeconds() + 1;
            visit.ctx().header("Retry-After", String.valueOf(Math.max(1, seconds)));
            form.refuse("username", visit.say("account.forgotten.later", visit.time(later.get())));
            forgottenForm(visit, 429, form, false);
        } else {
            forgottenForm(visit, 200, form, true);
        }
    }

    /** Returns the account of the link. If the link does not work, redirects the visitor. */
    private Optional<Account> account(Visit visit) {
        // The address of this page is a secret, so no other page may learn it.
        visit.ctx().header("Referrer-Policy", "no-referrer");
        Optional<Account> account = links.account(token(visit));
        if (account.isEmpty()) {
            visit.go("/forgotten", "account.link.gone");
        }
        return account;
    }

    private static String token(Visit visit) {
        return visit.ctx().pathParam("token");
    }

    private void passwordForm(Visit visit) {
        account(visit).ifPresent(account -> passwordForm(visit, 200, account, new FormData()));
    }

    private static void passwordForm(Visit visit, int status, Account account, FormData form) {
        visit.render(status, "account/password", Map.of("account", account, "form", form));
    }

    private void setPassword(Visit visit) {
        Account account = account(visit).orElse(null);
        if (account == null) {
            return;
        }
        FormData form = new FormData().with("email", account.email());
        AccountForm.checkPassword(visit, form, account.name(), true);
        if (!form.isGood()) {
            passwordForm(visit, 422, account, form);
            return;
        }
        Optional<UserName> name = links.setPassword(token(visit), AccountForm.password(visit, "password"));
        if (name.isPresent()) {
            visit.go("/signin", "account.link.done", name.get().value());
        } else {
            visit.go("/forgotten", "account.link.gone");
        }
    }
}
