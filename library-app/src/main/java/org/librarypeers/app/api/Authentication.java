package org.librarypeers.app.api;

import io.javalin.http.Context;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.accounts.AccountService;
import org.librarypeers.app.accounts.SignIns;
import org.librarypeers.domain.Account;

/** Authentication of API callers by the methods that existing sites support. */
final class Authentication {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private static final String SCHEME = "apikey ";

    private final AccountService accounts;
    private final SignIns signIns;

    Authentication(AccountService accounts, SignIns signIns) {
        this.accounts = accounts;
        this.signIns = signIns;
    }

    /**
     * Returns the account for the API key of the request, or an empty {@code Optional} if the key is missing or wrong. A wrong one is logged. An {@code ApiKey} header takes precedence over the parameters of the
     * query or form. A header with another scheme is ignored.
     */
    Optional<Account> byKey(Context ctx) {
        String header = ctx.header("Authorization");
        if (header != null && isApiKey(header)) {
            String[] userAndKey = header.substring(SCHEME.length()).strip().split(":", 2);
            return accounts.withApiKey(userAndKey[0], userAndKey.length == 2 ? userAndKey[1] : "", ctx.ip());
        }
        String user = parameter(ctx, "username");
        String key = parameter(ctx, "api_key");
        return user == null || key == null ? Optional.empty() : accounts.withApiKey(user, key, ctx.ip());
    }

    private static boolean isApiKey(String header) {
        return header.toLowerCase(Locale.ROOT).startsWith(SCHEME);
    }

    private static @Nullable String parameter(Context ctx, String name) {
        String value = ctx.queryParam(name);
        boolean form = ctx.isFormUrlencoded() || ctx.isMultipartFormData();
        return value == null && form ? ctx.formParam(name) : value;
    }

    /**
     * Returns the account for the API key. If the request has no valid key and no {@code ApiKey} header, returns the account of
     * the browser session. Requests that write in a session must also send the session's token in {@code X-CSRFToken}.
     */
    Optional<Account> byKeyOrSession(Context ctx) {
        Optional<Account> byKey = byKey(ctx);
        String header = ctx.header("Authorization");
        if (byKey.isPresent() || (header != null && isApiKey(header))) {
            return byKey;
        }
        String session = ctx.cookie(SignIns.SESSION_COOKIE);
        if (session == null) {
            return Optional.empty();
        }
        boolean allowed = READING.contains(ctx.method().name()) || signIns.isToken(session, ctx.header("X-CSRFToken"));
        return allowed ? signIns.account(session) : Optional.empty();
    }
}
