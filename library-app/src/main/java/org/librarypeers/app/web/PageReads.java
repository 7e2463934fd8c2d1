package org.librarypeers.app.web;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.accounts.SignIns;
import org.librarypeers.app.http.Cookies;
import org.librarypeers.sync.library.Freshness;
import org.librarypeers.sync.library.ReadAccess;

/**
 * The choice of how fresh the reads of a page are. People see their own changes immediately: a browser with a session gets current
 * reads, and so does one that changed something a short time ago, whether or not the session still exists.
 *
 * @param source returns the reads of one request
 * @param lag how long other people may wait for a change; zero if all reads are current anyway
 */
public record PageReads(Function<Freshness, ReadAccess> source, Duration lag) {

    private static final String CHANGED_COOKIE = "changed";
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    /** The margin for the resolution of cookies. */
    private static final int MARGIN_SECONDS = 2;

    ReadAccess of(Context ctx) {
        return source.apply(areCurrent(ctx) ? Freshness.CURRENT : Freshness.RECENT);
    }

    ReadAccess current() {
        return source.apply(Freshness.CURRENT);
    }

    /** Returns current reads, or an empty {@code Optional} if those of the request are current anyway. */
    Optional<ReadAccess> fresher(Context ctx) {
        return areCurrent(ctx) ? Optional.empty() : Optional.of(current());
    }

    private boolean areCurrent(Context ctx) {
        return lag.isZero() || has(ctx.cookie(SignIns.SESSION_COOKIE)) || has(ctx.cookie(CHANGED_COOKIE));
    }

    private static boolean has(@Nullable String cookie) {
        return cookie != null;
    }

    /** Marks the browser after a request that may have changed something. Programs with an API key get no cookie. */
    void mark(Context ctx) {
        boolean reading = READING.contains(ctx.method().name());
        boolean program = ctx.path().startsWith("/api/") && !has(ctx.cookie(SignIns.SESSION_COOKIE));
        if (!lag.isZero() && !reading && !program) {
            Cookies.set(ctx, CHANGED_COOKIE, "yes", Math.toIntExact(lag.toSeconds()) + MARGIN_SECONDS);
        }
    }
}
