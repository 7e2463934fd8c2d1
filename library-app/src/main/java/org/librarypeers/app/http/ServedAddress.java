package org.librarypeers.app.http;

import io.javalin.http.Context;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The scheme and host of the absolute addresses of this library. */
public final class ServedAddress {

    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?");

    private ServedAddress() {}

    /**
     * Returns the base address of the settings, or else the scheme and host of the request, without a trailing slash. If the
     * request has no valid host, returns the local address that received it.
     */
    public static String of(Context ctx) {
        String requested = ctx.host();
        return ctx.scheme() + "://" + (isHost(requested) ? requested : local(ctx));
    }

    private static boolean isHost(@Nullable String host) {
        return host != null && HOST.matcher(host).matches();
    }

    private static String local(Context ctx) {
        String address = ctx.req().getLocalAddr();
        int port = ctx.req().getLocalPort();
        boolean ownPort = port == (ctx.scheme().equals("https") ? 443 : 80);
        return (address.contains(":") && !address.startsWith("[") ? "[" + address + "]" : address)
                + (ownPort ? "" : ":" + port);
    }
}
