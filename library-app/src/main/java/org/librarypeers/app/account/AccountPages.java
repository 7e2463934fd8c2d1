package org.librarypeers.app.account;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.accounts.AccountService;
import org.librarypeers.app.accounts.FirstAdministrator;
import org.librarypeers.app.accounts.SignIns;
import org.librarypeers.app.accounts.SignIns.SignInResult;
import org.librarypeers.app.http.Cookies;
import org.librarypeers.app.notifications.Notifications;
import org.librarypeers.app.web.AccountForm;
import org.librarypeers.app.web.FormData;
import org.librarypeers.app.web.Messages;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Resumption;
import org.librarypeers.app.web.Visit;
import org.librarypeers.app.web.Website;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.storage.PeerRepository;

/** The pages for signing in and out, the user's own profile, and the creation of the first administrator. */
public final class AccountPages {

    private final SignIns signIns;
    private final AccountService accounts;
    private final FirstAdministrator firstAdministrator;
    private final Notifications notifications;
    private final PeerRepository peers;
    private final Clock clock;

    /** Creates the pages with these services. */
    public AccountPages(
            AccountService accounts,
            SignIns signIns,
            FirstAdministrator firstAdministrator,
            Notifications notifications,
            PeerRepository peers,
            Clock clock) {
        this.signIns = signIns;
        this.accounts = accounts;
        this.firstAdministrator = firstAdministrator;
        this.notifications = notifications;
        this.peers = peers;
        this.clock = clock;
    }

    /** Adds these pages to the routes. */
    public void routes(PageRoutes routes) {
        routes.get("/signin", this::signInForm);
        routes.post("/signin", this::signIn);
        routes.post("/signout", this::signOut);
        routes.get("/first/{token}", this::firstForm);
        routes.post("/first/{token}", this::first);
        routes.get("/profile", Role.MEMBER, this::profileForm);
        routes.post("/profile", Role.MEMBER, this::saveProfile);
        routes.post("/profile/notifications", Role.REVIEWER, this::saveNotifications);
        routes.get("/profile/key", Role.MEMBER, visit -> visit.render("account/key", Map.of()));
        routes.post("/profile/key", Role.MEMBER, this::renewKey);
    }

    private void signInForm(Visit visit) {
        if (visit.account() != null) {
            visit.go(Website.localPath(visit.parameter("next")));
            return;
        }
        signInForm(visit, 200, new FormData().with("next", visit.parameter("next")), null, null);
    }

    private void signInForm(
            Visit visit, int status, FormData form, @Nullable String problem, @Nullable Resumption resumption) {
        visit.signInForm(status, form, problem, firstAdministrator.isAwaited(), resumption);
    }

    /** Signs in the visitor. The response is the same for a wrong password and for an unknown name. */
    private void signIn(Visit visit) {
        FormData form = new FormData().with("username", visit.field("username")).with("next", visit.field("next"));
        Resumption resumption = Resumption.carried(visit).orElse(null);
        SignInResult outcome = AccountForm.name(form.value("username"))
                .map(name -> signIns.signIn(name, String.valueOf(visit.ctx().formParam("password")), caller(visit)))
                .orElseGet(() -> signIns.withoutName(caller(visit)));
        if (outcome instanceof SignInResult.SignedIn signedIn) {
            endSession(visit);
            begin(visit.ctx(), signedIn.account(), signedIn.secret());
            if (resumption == null) {
                visit.go(destination(signedIn.account(), form.value("next")));
            } else {
                visit.as(signedIn.account(), signedIn.secret()).sendAgain(200, resumption);
            }
        } else if (outcome instanceof SignInResult.Later later) {
            long seconds = Duration.between(clock.instant(), later.until()).toSeconds() + 1;
            visit.ctx().header("Retry-After", String.valueOf(Math.max(1, seconds)));
            String problem = visit.say("account.signin.later", visit.time(later.until()));
            signInForm(visit, 429, form, problem, resumption);
        } else {
            signInForm(visit, 401, form, visit.say("account.signin.wrong"), resumption);
        }
    }

    /** Returns the page after signing in: the requested one, or else the start page of the staff or of readers. */
    private static String destination(Account account, String next) {
        return next.isEmpty() && account.role().includes(Role.REVIEWER) ? "/overview" : Website.localPath(next);
    }

    private static SignIns.Caller caller(Visit visit) {
        return new SignIns.Caller(visit.ctx().ip(), visit.ctx().cookie(SignIns.BROWSER_COOKIE));
    }

    private void begin(Context ctx, Account account, String session) {
        int seconds = (int) SignIns.SESSION_LIFETIME.toSeconds();
        Cookies.set(ctx, SignIns.SESSION_COOKIE, session, seconds);
        int year = (int) SignIns.BROWSER_COOKIE_LIFETIME.toSeconds();
        Cookies.set(ctx, SignIns.BROWSER_COOKIE, signIns.browser(account.name()), year);
        // Readable by scripts, which send it when they write through the API in this session.
        Cookies.setReadable(ctx, SignIns.TOKEN_COOKIE, signIns.token(session), seconds);
        if (account.language() != null && Messages.LANGUAGES.contains(account.language())) {
            Website.remember(ctx, account.language());
        }
    }

    private void signOut(Visit visit) {
        endSession(visit);
        Cookies.set(visit.ctx(), SignIns.SESSION_COOKIE, "", 0);
        Cookies.setReadable(visit.ctx(), SignIns.TOKEN_COOKIE, "", 0);
        visit.go("/", "account.signedout");
    }

    private void endSession(Visit visit) {
        String session = visit.session();
        if (session != null) {
            signIns.signOut(session);
        }
    }

    private void firstForm(Visit visit) {
        if (firstAdministrator.admits(visit.ctx().pathParam("token"))) {
            visit.render("account/first", Map.of("form", new FormData()));
        } else {
            visit.go("/signin", "account.first.gone");
        }
    }

    private void first(Visit visit) {
        FormData form = FormData.read(visit, "username", "email");
        Optional<UserName> name = AccountForm.checkName(visit, form);
        AccountForm.checkEmail(visit, form);
        AccountForm.checkPassword(visit, form, name.orElse(null), true);
        if (!form.isGood() || name.isEmpty()) {
            visit.render(422, "account/first", Map.of("form", form));
            return;
        }
        String password = AccountForm.password(visit, "password");
        String token = visit.ctx().pathParam("token");
        Optional<Account> made = firstAdministrator.create(token, name.get(), form.orNull("email"), password);
        if (made.isPresent()) {
            begin(visit.ctx(), made.get(), signIns.begin(made.get().name()));
            visit.go("/peers", "account.first.done");
        } else {
            visit.go("/signin", "account.first.gone");
        }
    }

    private void profileForm(Visit visit) {
        profileForm(visit, 200, stored(visit.signedIn()), storedNotifications(visit));
    }

    private static FormData stored(Account account) {
        return new FormData()
                .with("email", account.email())
                .with("fullname", account.fullName())
                .with("organisation", account.organisation())
                .with("language", account.language());
    }

    private NotificationForm storedNotifications(Visit visit) {
        return NotificationForm.of(notifications.choices().of(visit.signedIn()), peers.all(), sendsMail());
    }

    private boolean sendsMail() {
        return notifications.settings().mail().isPresent();
    }

    private void profileForm(Visit visit, int status, FormData form, NotificationForm chosen) {
        Account account = visit.signedIn();
        visit.render(status, "account/profile", Map.of("account", account, "form", form, "notifications", chosen));
    }

    private void saveNotifications(Visit visit) {
        Account account = visit.signedIn();
        NotificationForm sent = NotificationForm.sent(visit, peers.all(), sendsMail());
        if (!sent.isGood()) {
            profileForm(visit, 422, stored(account), sent);
            return;
        }
        sent.choices(account).forEach(choice -> notifications.choices().choose(account, choice));
        visit.go("/profile", "notifications.saved");
    }

    private void saveProfile(Visit visit) {
        Account account = visit.signedIn();
        FormData form = FormData.read(visit, "email", "fullname", "organisation", "language");
        AccountForm.checkEmail(visit, form);
        AccountForm.checkLines(visit, form);
        if (!form.value("language").isEmpty() && !Messages.LANGUAGES.contains(form.value("language"))) {
            form.with("language", "");
        }
        String password = AccountForm.password(visit, "password");
        if (!password.isEmpty()) {
            AccountForm.checkPassword(visit, form, account.name(), true);
        }
        // Who receives the mails of an account can set its password.
        boolean newAddress = !Objects.equals(form.orNull("email"), account.email());
        if (form.isGood() && (newAddress || !password.isEmpty())) {
            checkCurrent(visit, form, account);
        }
        if (!form.isGood()) {
            profileForm(visit, 422, form, storedNotifications(visit));
            return;
        }
        String language = form.orNull("language");
        accounts.change(
                account.name(),
                now -> now.withProfile(
                        form.orNull("email"), form.orNull("fullname"), form.orNull("organisation"), language));
        if (!password.isEmpty()) {
            accounts.changePassword(account.name(), password, visit.session());
        }
        if (language != null) {
            Website.remember(visit.ctx(), language);
        }
        visit.go("/profile", "account.saved");
    }

    /** Checks the current password. Repeated wrong attempts are delayed as at sign-in. */
    private void checkCurrent(Visit visit, FormData form, Account account) {
        String current = AccountForm.password(visit, "current");
        SignInResult outcome = signIns.check(account.name(), current, caller(visit));
        if (outcome instanceof SignInResult.Later later) {
            form.refuse("current", visit.say("account.signin.later", visit.time(later.until())));
        } else if (outcome instanceof SignInResult.Wrong) {
            form.refuse("current", visit.say("account.password.current.wrong"));
        }
    }

    private void renewKey(Visit visit) {
        accounts.renewApiKey(visit.signedIn().name());
        visit.go("/profile/keys", "account.key.renewed");
    }
}
