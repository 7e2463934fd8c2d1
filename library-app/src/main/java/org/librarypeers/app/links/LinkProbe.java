package org.librarypeers.app.links;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpHead;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.librarypeers.app.outgoing.GuardedClient;
import org.librarypeers.app.outgoing.OutgoingException;
import org.librarypeers.app.outgoing.OutgoingRoute;
import org.librarypeers.sync.links.LinkProblem;
import org.librarypeers.sync.links.LinkState;
import org.librarypeers.sync.links.LinkTask;

/**
 * A check whether a link works: a HEAD request and, if that is not answered with success, a GET request for the first byte, because
 * many servers answer HEAD with an error. It connects to public addresses only, and to the peers from which the resources came.
 * Thread-safe.
 */
public final class LinkProbe implements AutoCloseable {

    private static final GuardedClient.Limits LIMITS =
            new GuardedClient.Limits(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(60));

    private static final int OK = 200;
    private static final int REDIRECT = 300;
    private static final int ERROR = 400;
    private static final int NOT_SATISFIABLE = 416;

    private static final Set<Integer> GONE = Set.of(404, 410);

    /** The statuses with which sites reject or postpone requests of programs. */
    private static final Set<Integer> REFUSALS = Set.of(401, 402, 403, 407, 429, 451, 503, 999);

    private final GuardedClient client;
    private final Clock clock;

    /**
     * Creates a check.
     *
     * @param route the proxy, if any
     * @param tls the certificate authorities to trust
     * @param userAgent returns the value of the header {@code User-Agent}
     */
    public LinkProbe(OutgoingRoute route, SSLContext tls, Supplier<String> userAgent, Clock clock) {
        this(new GuardedClient(route, tls, userAgent, LIMITS), clock);
    }

    /** Creates a check with another client, which is closed with it. */
    LinkProbe(GuardedClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** Returns the state of a link after a check. */
    LinkState check(LinkTask task) {
        try {
            int status = head(task);
            if (!works(status)) {
                status = status(task, LinkProbe::firstByte);
            }
            return state(task.state(), status, clock.instant());
        } catch (OutgoingException e) {
            return task.state().met(problem(e), e.detail(), clock.instant());
        } catch (IOException e) {
            return task.state().met(LinkProblem.NOT_REACHED, String.valueOf(e.getMessage()), clock.instant());
        }
    }

    /** Returns the status of the answer to HEAD; 0 if the host does not answer it, as some do. */
    private int head(LinkTask task) throws IOException {
        try {
            return status(task, HttpHead::new);
        } catch (OutgoingException e) {
            if (e.problem() == OutgoingException.Problem.ADDRESS
                    || e.problem() == OutgoingException.Problem.PRIVATE_ADDRESS) {
                throw e;
            }
            return 0;
        }
    }

    private interface Request {
        HttpUriRequestBase to(URI address);
    }

    private int status(LinkTask task, Request request) throws IOException {
        return client.send(task.address(), task.peers(), request::to, response -> response.getCode());
    }

    private static HttpGet firstByte(URI address) {
        HttpGet get = new HttpGet(address);
        get.setHeader("Range", "bytes=0-0");
        return get;
    }

    private static boolean works(int status) {
        // An empty file has no first byte.
        return (status >= OK && status < REDIRECT) || status == NOT_SATISFIABLE;
    }

    private static LinkState state(LinkState before, int status, Instant now) {
        if (works(status)) {
            return before.worked(now);
        }
        LinkProblem problem = GONE.contains(status)
                ? LinkProblem.NOT_FOUND
                : REFUSALS.contains(status)
                        ? LinkProblem.REFUSED
                        : status < ERROR ? LinkProblem.REDIRECTS : LinkProblem.STATUS;
        return before.met(problem, "HTTP " + status, now);
    }

    private static LinkProblem problem(OutgoingException e) {
        return switch (e.problem()) {
            case ADDRESS -> LinkProblem.ADDRESS;
            case PRIVATE_ADDRESS -> LinkProblem.PRIVATE_ADDRESS;
            case NOT_REACHED -> LinkProblem.NOT_REACHED;
            case TOO_SLOW -> LinkProblem.TOO_SLOW;
            case REDIRECTS -> LinkProblem.REDIRECTS;
        };
    }

    /** Ends the running requests. */
    @Override
    public void close() {
        client.close();
    }
}
