package org.librarypeers.app.server;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.SizeUnit;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.librarypeers.app.api.OrbResponses;
import org.librarypeers.app.config.DatabaseSettings.ReadReplica;
import org.librarypeers.app.config.ListenSettings;
import org.librarypeers.app.files.UnavailableFilesException;
import org.librarypeers.app.http.MaskedAddress;
import org.librarypeers.app.links.LinkJobs;
import org.librarypeers.app.notifications.NotificationJobs;
import org.librarypeers.app.pictures.PictureJobs;
import org.librarypeers.app.settings.CurrentProfile;
import org.librarypeers.app.web.PageReads;
import org.librarypeers.app.web.Website;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.sync.storage.StorageUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An HTTP server for a library: the API, the pages, the media files and the health check. */
public final class LibraryServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LibraryServer.class);
    private static final String RETRY_AFTER_SECONDS = "10";

    /** The maximum size of a form: 300,000 characters of four bytes in URL encoding, with some margin. */
    private static final int LONGEST_FORM_BYTES = 5_000_000;

    private static final int VIRTUAL_THREADS_SINCE = 21;

    /** The message of the server for a body or a part that exceeds the limits. */
    private static final Pattern TOO_LONG = Pattern.compile("^max [a-z ]*exceeded");

    private final Library library;
    private final String host;
    private final Website site;
    private final MetricsAccess metrics;
    private final Javalin javalin;
    private final SearchIndexing indexing;
    private final VocabularyChanges vocabulary;
    private final SettingsRefresh settings;
    private final OldRecords oldRecords;
    private final NotificationJobs notifications;
    private final FileLeftovers fileLeftovers;
    private final PictureJobs pictures;
    private final LinkJobs links;

    private LibraryServer(Library library, String host, StartingListener address) {
        this.library = library;
        this.host = host;
        this.site = new Website(
                library.signIns(),
                library.review(),
                pageReads(library),
                new CurrentProfile(library.editableSettings()),
                library.clock());
        this.metrics = MetricsAccess.open(library);
        this.javalin = Javalin.create(config -> {
            configure(config);
            config.jetty.addConnector((server, http) -> connector(server, http, address));
        });
        this.indexing = new SearchIndexing(library.storage().catalogue());
        this.vocabulary = new VocabularyChanges(library.curation());
        this.settings = new SettingsRefresh(library.editableSettings());
        this.oldRecords = new OldRecords(library.storage(), library.settings().retention(), library.clock());
        this.notifications = new NotificationJobs(library.notifications());
        this.fileLeftovers = new FileLeftovers(library.files());
        this.pictures = library.pictureJobs();
        this.links = library.linkJobs();
    }

    private static PageReads pageReads(Library library) {
        ReadReplica replica = library.settings().database().replica();
        return new PageReads(library.storage()::reading, replica == null ? Duration.ZERO : replica.maxLag());
    }

    /**
     * Starts a server. The caller remains responsible for closing the library.
     *
     * @param port the port, or 0 for any free port
     * @throws IllegalArgumentException if the address cannot be used; the message is one line that states the cause and the
     *     remedy
     */
    public static LibraryServer start(Library library, String host, int port) {
        try (StartingListener address = StartingListener.open(host, port)) {
            return start(library, host, address);
        }
    }

    /**
     * Starts a server on the address of a listener. The caller remains responsible for closing the library.
     *
     * @param host the host of the address
     * @param address the listener to take the address over from
     */
    public static LibraryServer start(Library library, String host, StartingListener address) {
        LibraryServer server = new LibraryServer(library, host, address);
        try {
            server.javalin.start();
            server.oldRecords.start();
            server.notifications.start();
            server.fileLeftovers.start();
            server.pictures.start();
            server.links.start();
            return server;
        } catch (RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    /**
     * Checks that a server could currently listen at an address.
     *
     * @param port the port, or 0 for any free port
     * @throws IllegalArgumentException if it could not; the message is one line that states the cause and the remedy
     */
    public static void requireFree(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // As for the server itself, recently closed connections do not block the port.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw notFree(host, port, e);
        }
    }

    static IllegalArgumentException notFree(String host, int port, Exception cause) {
        return new IllegalArgumentException(
                "cannot serve at " + host + ":" + port
                        + ": the port is in use, or this machine does not have this address; choose others with"
                        + " --port and --host",
                cause);
    }

    private static ServerConnector connector(Server server, HttpConfiguration http, StartingListener address) {
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        try {
            connector.open(address.take());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return connector;
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.concurrency.useVirtualThreads = Runtime.version().feature() >= VIRTUAL_THREADS_SINCE;
        // Addresses with and without a trailing slash differ: existing sites redirect from the latter to the former.
        config.router.ignoreTrailingSlashes = false;
        config.http.compressionStrategy = CompressionStrategy.GZIP;
        config.jetty.modifyServer(HeaderForms::install);
        RequestLines.of(library.settings().log())
                .ifPresent(lines -> config.jetty.modifyServer(server -> server.setRequestLog(lines)));
        config.jetty.modifyServer(server -> server.setErrorHandler(new ErrorAnswers(site)));
        ListenSettings listen = library.settings().listen();
        config.jetty.modifyHttpConfiguration(http -> http.addCustomizer(new TrustedProxies(listen.trustedProxies())));
        URI base = listen.baseUrl();
        if (base != null) {
            config.contextResolver.scheme = ctx -> base.getScheme();
            config.contextResolver.host = ctx -> base.getRawAuthority();
        }
        // The upload handlers report files that exceed the setting. This limit only rejects much larger ones.
        long mostBytes = 2 * library.settings().maxUploadBytes();
        config.jetty.multipartConfig.maxFileSize(mostBytes, SizeUnit.BYTES);
        config.jetty.multipartConfig.maxTotalRequestSize(mostBytes + LONGEST_FORM_BYTES, SizeUnit.BYTES);
        // Large enough for the form to report which of its texts is too long.
        config.http.maxRequestSize = LONGEST_FORM_BYTES;
        config.jetty.modifyServletContextHandler(handler -> handler.setMaxFormContentSize(LONGEST_FORM_BYTES));
        LibraryRoutes.add(config.routes, library, site);
        metrics.routes(config.routes);
        config.requestLogger.http(
                (ctx, millis) -> metrics.answered(ctx, Duration.ofNanos((long) (millis * 1_000_000))));
        config.routes.after(LibraryServer::closeIfUnread);
        // Thrown for a form that cannot be parsed or exceeds the limits of the server.
        config.routes.exception(ServletException.class, (e, ctx) -> refuse(ctx, isTooLong(e) ? 413 : 400));
        config.routes.exception(HttpResponseException.class, (e, ctx) -> refuse(ctx, e.getStatus()));
        config.routes.exception(StorageUnavailableException.class, this::unavailable);
        config.routes.exception(UnavailableFilesException.class, this::unavailable);
        config.routes.exception(Exception.class, (e, ctx) -> {
            // Only logged: the response must not reveal internals.
            LOG.error("{} {} failed", ctx.method(), MaskedAddress.of(ctx.path()), e);
            if (!site.answeredTrouble(ctx, 500)) {
                OrbResponses.couldNotBeProcessed(ctx, 500);
            }
        });
    }

    /**
     * Closes the connection after an error response if the body of the request was not read completely. Without the
     * {@code Connection: close} header, the client could send its next request on a connection that is about to close.
     */
    private static void closeIfUnread(Context ctx) throws IOException {
        boolean hasBody = ctx.req().getContentLengthLong() > 0 || ctx.header("Transfer-Encoding") != null;
        if (hasBody && ctx.statusCode() >= 400 && !ctx.req().getInputStream().isFinished()) {
            ctx.header("Connection", "close");
        }
    }

    /** Sends an error page to browsers, and an error of the API to programs. */
    private void refuse(Context ctx, int status) {
        if (!site.answeredTrouble(ctx, status)) {
            OrbResponses.refused(ctx, status);
        }
    }

    /**
     * Sends 503 with {@code Retry-After}: the database or the store of files is temporarily unavailable, and the client can retry
     * the request.
     */
    private void unavailable(Exception e, Context ctx) {
        LOG.warn("{} {} was answered with 503: {}", ctx.method(), MaskedAddress.of(ctx.path()), e.getMessage());
        ctx.header("Retry-After", RETRY_AFTER_SECONDS);
        if (!site.answeredUnavailable(ctx)) {
            OrbResponses.couldNotBeProcessed(ctx, 503);
        }
    }

    private static boolean isTooLong(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(each ->
                        TOO_LONG.matcher(String.valueOf(each.getMessage())).find());
    }

    /** Returns the address of the library for its readers: that of the settings, or else that of the server. */
    public String publicAddress() {
        URI base = library.settings().listen().baseUrl();
        return base == null ? address() : base.toString();
    }

    /** Returns the port of the second listener for metrics, or an empty {@code Optional} if metrics have no port of their own. */
    public Optional<Integer> metricsPort() {
        return metrics.port();
    }

    /** Returns the base address of the server: {@code http://host:port}. */
    public String address() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + javalin.port();
    }

    /** Returns all registered routes, sorted, each as method and path, for example {@code GET /about}. */
    public Set<String> routes() {
        return javalin.unsafe.internalRouter.allHttpHandlers().stream()
                .map(handler -> handler.endpoint)
                .filter(endpoint -> endpoint.method.isHttpMethod())
                .map(endpoint -> endpoint.method + " " + endpoint.path)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void close() {
        site.close();
        javalin.stop();
        metrics.close();
        vocabulary.close();
        indexing.close();
        settings.close();
        oldRecords.close();
        notifications.close();
        fileLeftovers.close();
        pictures.close();
        links.close();
    }
}
