package org.librarypeers.app.http;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;

/**
 * Cookies for all paths of this library. If the request came over HTTPS, browsers send them back over HTTPS only. Browsers
 * never send them with forms on other sites ({@code SameSite=Lax}).
 */
public final class Cookies {

    private Cookies() {}

    /**
     * Sets a cookie that scripts cannot read ({@code HttpOnly}).
     *
     * @param seconds the lifetime; 0 deletes the cookie, -1 keeps it until the browser is closed
     */
    public static void set(Context ctx, String name, String value, int seconds) {
        set(ctx, name, value, seconds, true);
    }

    /** Sets a cookie that scripts can read. */
    public static void setReadable(Context ctx, String name, String value, int seconds) {
        set(ctx, name, value, seconds, false);
    }

    private static void set(Context ctx, String name, String value, int seconds, boolean hidden) {
        boolean secure = "https".equals(ctx.scheme());
        ctx.cookie(new Cookie(name, value, "/", seconds, secure, hidden, null, SameSite.LAX));
    }
}
