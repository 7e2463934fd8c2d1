package org.librarypeers.app.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.accounts.SignIns;
import org.librarypeers.domain.UserName;

/** Signs browsers in and out. */
final class SignInRoutes {

    private final SignIns signIns;

    SignInRoutes(SignIns signIns) {
        this.signIns = signIns;
    }

    void routes(RoutesConfig routes) {
        routes.post("/signin", this::signIn);
        routes.post("/signout", this::signOut);
    }

    /** The same answer for a wrong password as for an unknown name. */
    private void signIn(Context ctx) {
        Optional<String> session = name(ctx.formParam("username"))
                .flatMap(name -> Optional.ofNullable(ctx.formParam("password"))
                        .flatMap(password -> signIns.signIn(name, password)));
        if (session.isEmpty()) {
            throw RefusedException.unauthorized();
        }
        int seconds = (int) SignIns.LASTS.toSeconds();
        ctx.cookie(cookie(ctx, SignIns.SESSION_COOKIE, session.get(), seconds, true));
        ctx.cookie(cookie(ctx, SignIns.TOKEN_COOKIE, signIns.token(session.get()), seconds, false));
        ctx.status(204);
    }

    private void signOut(Context ctx) {
        String session = ctx.cookie(SignIns.SESSION_COOKIE);
        if (session != null && signIns.isToken(session, ctx.header("X-CSRFToken"))) {
            signIns.signOut(session);
            ctx.cookie(cookie(ctx, SignIns.SESSION_COOKIE, "", 0, true));
            ctx.cookie(cookie(ctx, SignIns.TOKEN_COOKIE, "", 0, false));
        }
        ctx.status(204);
    }

    private static Optional<UserName> name(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(UserName::new);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Not sent along when another site asks; the session is out of reach for scripts. */
    private static Cookie cookie(Context ctx, String name, String value, int seconds, boolean hidden) {
        boolean secure = "https".equals(ctx.scheme());
        return new Cookie(name, value, "/", seconds, secure, hidden, null, SameSite.LAX);
    }
}
