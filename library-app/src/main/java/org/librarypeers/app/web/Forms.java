package org.librarypeers.app.web;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.accounts.SignIns;

/** What forms and the pages after them need: proof that a form is ours, and a word about what was done. */
final class Forms {

    private static final String VISITOR_COOKIE = "visitor";
    private static final String NOTICE_COOKIE = "notice";
    private static final int SECRET_BYTES = 16;
    private static final int NOTICE_SECONDS = 60;

    /** As it is sent: a cookie has at most 4,096 bytes, and some proxies hold no more for all that goes before a page. */
    private static final int LONGEST_NOTICE_BYTES = 3_000;

    private final SignIns signIns;
    private final SecureRandom random = new SecureRandom();

    Forms(SignIns signIns) {
        this.signIns = signIns;
    }

    /** What a form sends back: known to the page and to nobody who can only make the browser ask. */
    String token(Context ctx, @Nullable String session) {
        if (session != null) {
            return signIns.token(session);
        }
        String visitor = ctx.cookie(VISITOR_COOKIE);
        if (visitor == null || visitor.isEmpty()) {
            visitor = ctx.attribute(VISITOR_COOKIE);
        }
        if (visitor == null) {
            byte[] secret = new byte[SECRET_BYTES];
            random.nextBytes(secret);
            visitor = HexFormat.of().formatHex(secret);
            ctx.attribute(VISITOR_COOKIE, visitor);
            ctx.cookie(hidden(ctx, VISITOR_COOKIE, visitor, -1));
        }
        return signIns.token(visitor);
    }

    /** Whether the form that was sent is one of our pages'. */
    boolean isOurs(Context ctx, @Nullable String session) {
        String secret = session != null ? session : ctx.cookie(VISITOR_COOKIE);
        String token = ctx.header("X-CSRFToken");
        return secret != null
                && !secret.isEmpty()
                && signIns.isToken(secret, token != null ? token : ctx.formParam("csrf"));
    }

    void leaveNotice(Context ctx, String text) {
        StringBuilder value = new StringBuilder();
        for (int c : text.codePoints().toArray()) {
            String encoded = URLEncoder.encode(Character.toString(c), StandardCharsets.UTF_8)
                    .replace("+", "%20");
            if (value.length() + encoded.length() > LONGEST_NOTICE_BYTES) {
                break;
            }
            value.append(encoded);
        }
        ctx.cookie(hidden(ctx, NOTICE_COOKIE, value.toString(), NOTICE_SECONDS));
    }

    @Nullable
    String takeNotice(Context ctx) {
        String value = ctx.cookie(NOTICE_COOKIE);
        if (value == null || value.isEmpty()) {
            return null;
        }
        ctx.cookie(hidden(ctx, NOTICE_COOKIE, "", 0));
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** A cookie that scripts cannot read, and that is not sent along when another site posts. */
    static Cookie hidden(Context ctx, String name, String value, int seconds) {
        return new Cookie(name, value, "/", seconds, "https".equals(ctx.scheme()), true, null, SameSite.LAX);
    }
}
