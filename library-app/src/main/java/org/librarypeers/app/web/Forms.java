package org.librarypeers.app.web;

import io.javalin.http.Context;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.accounts.SignIns;
import org.librarypeers.app.http.Cookies;
import org.librarypeers.app.http.UrlEncoding;

/** Protection of forms against cross-site requests, and notices that the next page shows. */
final class Forms {

    private static final String VISITOR_COOKIE = "visitor";
    private static final String NOTICE_COOKIE = "notice";
    private static final int SECRET_BYTES = 16;
    private static final int NOTICE_SECONDS = 60;

    /**
     * The maximum length of an encoded notice. Browsers limit a cookie to 4,096 bytes, and some proxies limit all headers to
     * about the same size.
     */
    private static final int LONGEST_NOTICE_BYTES = 3_000;

    private final SignIns signIns;
    private final SecureRandom random = new SecureRandom();

    Forms(SignIns signIns) {
        this.signIns = signIns;
    }

    /** Returns the token that protects a form against cross-site requests. Without a session, it is bound to a visitor cookie. */
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
            Cookies.set(ctx, VISITOR_COOKIE, visitor, -1);
        }
        return signIns.token(visitor);
    }

    /** Returns whether the request has a valid token, in the header {@code X-CSRFToken} or the field {@code csrf}. */
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
            String encoded = UrlEncoding.path(Character.toString(c));
            if (value.length() + encoded.length() > LONGEST_NOTICE_BYTES) {
                break;
            }
            value.append(encoded);
        }
        Cookies.set(ctx, NOTICE_COOKIE, value.toString(), NOTICE_SECONDS);
    }

    @Nullable
    String takeNotice(Context ctx) {
        String value = ctx.cookie(NOTICE_COOKIE);
        if (value == null || value.isEmpty()) {
            return null;
        }
        Cookies.set(ctx, NOTICE_COOKIE, "", 0);
        try {
            return UrlEncoding.decode(value);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
