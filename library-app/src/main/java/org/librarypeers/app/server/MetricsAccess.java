package org.librarypeers.app.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.accounts.ConstantTime;
import org.librarypeers.app.config.MetricsSettings;
import org.librarypeers.app.monitoring.LibraryEvents;
import org.librarypeers.app.monitoring.Metrics;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.sync.DaemonThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two ways to read the metrics: {@code GET /metrics} with a token, and a second listener without one. Each exists only if the
 * settings say so. Without either, nothing is measured.
 */
final class MetricsAccess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsAccess.class);
    private static final String PATH = "/metrics";
    private static final String SCHEME = "Bearer ";
    private static final int THREADS = 2;

    private final MetricsSettings settings;
    private final @Nullable Metrics metrics;
    private final LibraryEvents.Registration registration;
    private final @Nullable HttpServer listener;
    private final @Nullable ExecutorService threads;

    private MetricsAccess(
            MetricsSettings settings, @Nullable Metrics metrics, LibraryEvents.Registration registration) {
        this.settings = settings;
        this.metrics = metrics;
        this.registration = registration;
        this.threads =
                settings.port() == null ? null : Executors.newFixedThreadPool(THREADS, DaemonThreads.named("metrics"));
        this.listener = settings.port() == null ? null : listen(settings.host(), settings.port());
    }

    /**
     * Measures a library from now on, and opens the second listener if there is to be one.
     *
     * @throws IllegalArgumentException if the address of the second listener cannot be used
     */
    static MetricsAccess open(Library library) {
        MetricsSettings settings = library.settings().metrics();
        if (settings.token() == null && settings.port() == null) {
            return new MetricsAccess(settings, null, () -> {});
        }
        Metrics metrics = library.metrics();
        return new MetricsAccess(settings, metrics, library.events().add(metrics));
    }

    private HttpServer listen(String host, int port) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(host, port), 0);
            server.createContext(PATH, this::send);
            server.setExecutor(threads);
            server.start();
            LOG.info("Metrics at http://{}:{}{}", host, server.getAddress().getPort(), PATH);
            return server;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the metrics cannot be served at " + host + ":" + port
                            + ": the port is in use, or this machine does not have this address; choose others with"
                            + " metrics.port and metrics.host",
                    e);
        }
    }

    /** Adds the address that needs a token. */
    void routes(RoutesConfig routes) {
        routes.get(PATH, this::answer);
    }

    private void answer(Context ctx) {
        if (settings.token() == null || metrics == null) {
            throw new NotFoundResponse();
        }
        String sent = Objects.requireNonNullElse(ctx.header("Authorization"), "");
        if (!sent.startsWith(SCHEME) || !ConstantTime.equal(settings.token(), sent.substring(SCHEME.length()))) {
            ctx.status(401)
                    .header("WWW-Authenticate", "Bearer realm=\"metrics\"")
                    .result("");
            return;
        }
        ctx.header("Cache-Control", "no-store")
                .contentType(Metrics.CONTENT_TYPE)
                .result(metrics.text());
    }

    private void send(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (metrics == null || !exchange.getRequestURI().getPath().equals(PATH)) {
                exchange.sendResponseHeaders(404, -1);
            } else if (!exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(405, -1);
            } else {
                byte[] text = metrics.text().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", Metrics.CONTENT_TYPE);
                exchange.sendResponseHeaders(200, text.length);
                exchange.getResponseBody().write(text);
            }
        }
    }

    /** Records a response. */
    void answered(Context ctx, Duration time) {
        if (metrics != null) {
            metrics.answered(ctx.method().name(), route(ctx), ctx.statusCode(), time);
        }
    }

    /** Returns the pattern of the path, so that the number of metrics does not grow with the number of pages. */
    private static String route(Context ctx) {
        return Optional.ofNullable(ctx.endpoints().matchedHttpEndpoint())
                .map(endpoint -> endpoint.path)
                .orElse("none");
    }

    /** Returns the port of the second listener, or an empty {@code Optional} if metrics have no port of their own. */
    Optional<Integer> port() {
        return Optional.ofNullable(listener).map(open -> open.getAddress().getPort());
    }

    @Override
    public void close() {
        registration.close();
        if (listener != null) {
            listener.stop(0);
        }
        if (threads != null) {
            threads.shutdown();
        }
        if (metrics != null) {
            metrics.close();
        }
    }
}
