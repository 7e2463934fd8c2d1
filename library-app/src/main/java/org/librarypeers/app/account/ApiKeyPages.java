package org.librarypeers.app.account;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.accounts.AccountService;
import org.librarypeers.app.accounts.ApiKeys;
import org.librarypeers.app.web.FormData;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Role;
import org.librarypeers.sync.accounts.AccountUse;
import org.librarypeers.sync.accounts.NamedKey;

/** The pages on which people manage their API keys and sessions. */
public final class ApiKeyPages {

    private static final String PATH = "/profile/keys";

    private final AccountService accounts;

    /** Creates the pages with this service. */
    public ApiKeyPages(AccountService accounts) {
        this.accounts = accounts;
    }

    /** Adds these pages to the routes. */
    public void routes(PageRoutes routes) {
        routes.get(PATH, Role.MEMBER, visit -> show(visit, 200, new FormData(), null));
        routes.post(PATH, Role.MEMBER, this::add);
        routes.post(PATH + "/remove", Role.MEMBER, this::remove);
        routes.post("/profile/signout-others", Role.MEMBER, this::signOutOthers);
    }

    /**
     * Shows the keys.
     *
     * @param created the secret of a key that was just created; null if none was
     */
    private void show(Visit visit, int status, FormData form, @Nullable ApiKey created) {
        Account account = visit.signedIn();
        Map<String, Object> values = new HashMap<>();
        values.put("form", form);
        values.put("own", accounts.apiKey(account.name()).orElseThrow().secret());
        values.put("use", accounts.uses(List.of(account.name())).getOrDefault(account.name(), AccountUse.NONE));
        values.put("keys", accounts.apiKeys().of(account.name()));
        values.put("created", created == null ? null : created.secret());
        visit.render(status, "account/keys", values);
    }

    private void add(Visit visit) {
        FormData form = FormData.read(visit, "name");
        String name = form.value("name");
        if (name.isEmpty() || name.length() > NamedKey.MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
            form.refuse("name", visit.say("account.keys.name.wrong", NamedKey.MAX_NAME));
        } else if (accounts.apiKeys().of(visit.signedIn().name()).size() >= ApiKeys.MOST) {
            form.refuse("name", visit.say("account.keys.most", ApiKeys.MOST));
        }
        if (!form.isGood()) {
            show(visit, 422, form, null);
            return;
        }
        Optional<ApiKey> secret = accounts.apiKeys().add(visit.signedIn().name(), name);
        if (secret.isPresent()) {
            show(visit, 200, form, secret.get());
        } else {
            form.refuse("name", visit.say("account.keys.name.taken"));
            show(visit, 422, form, null);
        }
    }

    private void remove(Visit visit) {
        String name = visit.field("name");
        if (accounts.apiKeys().remove(visit.signedIn().name(), name)) {
            visit.go(PATH, "account.keys.removed", name);
        } else {
            visit.go(PATH, "account.keys.gone");
        }
    }

    private void signOutOthers(Visit visit) {
        accounts.signOutEverywhere(visit.signedIn().name(), visit.session());
        visit.go(PATH, "account.sessions.ended");
    }
}
