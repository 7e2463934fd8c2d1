package org.librarypeers.app.api;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.SizeUnit;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.librarypeers.app.Library;
import org.librarypeers.app.files.MediaRoutes;
import org.librarypeers.app.pages.Pages;
import org.librarypeers.app.staff.StaffPages;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Site;
import org.librarypeers.sync.storage.StorageUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves a library over HTTP. */
public final class LibraryServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LibraryServer.class);
    private static final String RETRY_AFTER_SECONDS = "10";

    /** 300,000 characters of four bytes, as forms encode them, and some more. */
    private static final int LONGEST_FORM_BYTES = 5_000_000;

    private static final int VIRTUAL_THREADS_SINCE = 21;

    /** The words of the server for a body, or a part of one, beyond the limits. */
    private static final Pattern TOO_LONG = Pattern.compile("^max [a-z ]*exceeded");

    private final Library library;
    private final String host;
    private final Site site;
    private final Javalin javalin;

    private LibraryServer(Library library, String host) {
        this.library = library;
        this.host = host;
        this.site = new Site(library);
        this.javalin = Javalin.create(this::configure);
    }

    /**
     * Serves the library, which stays the caller's to close.
     *
     * @param port 0 for any free one
     * @throws IllegalArgumentException if nothing can be served there, with one line that says why and what to do
     */
    public static LibraryServer start(Library library, String host, int port) {
        LibraryServer server = new LibraryServer(library, host);
        try {
            server.javalin.start(host, port);
        } catch (JavalinBindException e) {
            server.close();
            throw notFree(host, port, e);
        }
        return server;
    }

    /**
     * Checks that a server could listen there at this moment.
     *
     * @param port 0 for any free one
     * @throws IllegalArgumentException if it could not, with one line that says why and what to do
     */
    public static void requireFree(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // As the server itself does: connections that were closed just now are no obstacle.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw notFree(host, port, e);
        }
    }

    private static IllegalArgumentException notFree(String host, int port, Exception cause) {
        return new IllegalArgumentException(
                "cannot serve at " + host + ":" + port
                        + ": the port is taken, or this machine has no such address; choose others with --port and"
                        + " --host",
                cause);
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.concurrency.useVirtualThreads = Runtime.version().feature() >= VIRTUAL_THREADS_SINCE;
        // With and without a slash at the end are two addresses: existing sites answer the second with a redirect.
        config.router.ignoreTrailingSlashes = false;
        config.http.compressionStrategy = CompressionStrategy.GZIP;
        config.routes.get(
                "/health",
                new Health(library, new DiskCheck(library.settings().home(), DiskCheck.DEFAULT_LEAST_FREE_BYTES))
                        ::answer);
        config.jetty.modifyServer(HeaderForms::install);
        config.jetty.modifyServer(server -> server.setErrorHandler(new ErrorAnswers(site)));
        // Behind a proxy, addresses begin with what the caller asked, which the proxy says.
        config.jetty.modifyHttpConfiguration(http -> http.addCustomizer(new ForwardedRequestCustomizer()));
        // What is larger than a library takes is told by who takes it; this keeps out what is much larger.
        long mostBytes = 2 * library.settings().maxUploadBytes();
        config.jetty.multipartConfig.maxFileSize(mostBytes, SizeUnit.BYTES);
        config.jetty.multipartConfig.maxTotalRequestSize(mostBytes + LONGEST_FORM_BYTES, SizeUnit.BYTES);
        // So that the form itself can say which of its texts is too long.
        config.http.maxRequestSize = LONGEST_FORM_BYTES;
        config.jetty.modifyServletContextHandler(handler -> handler.setMaxFormContentSize(LONGEST_FORM_BYTES));
        new OrbApi(library, library.signIns()).routes(config.routes);
        new MediaRoutes(library.files()).routes(config.routes);
        new OpenApi(library.settings().languages()).routes(config.routes);
        PageRoutes pages = site.routes(config.routes);
        Pages.add(library, pages);
        StaffPages.add(library, pages);
        config.routes.after(LibraryServer::closeIfUnread);
        // A form that cannot be read as one, or is much larger than what is taken.
        config.routes.exception(ServletException.class, (e, ctx) -> refuse(ctx, isTooLong(e) ? 413 : 400));
        config.routes.exception(HttpResponseException.class, (e, ctx) -> refuse(ctx, e.getStatus()));
        config.routes.exception(StorageUnavailableException.class, this::unavailable);
        config.routes.exception(Exception.class, (e, ctx) -> {
            // Said here and not to the caller, who must not learn of the inside.
            LOG.error("{} {} failed", ctx.method(), shownPath(ctx), e);
            if (!site.answeredTrouble(ctx, 500)) {
                Answers.couldNotBeProcessed(ctx, 500);
            }
        });
    }

    /**
     * What may be left of a request that is refused is not read, so the connection ends with the answer, which says so: else the
     * caller's next request may be sent into a connection that is about to close.
     */
    private static void closeIfUnread(Context ctx) throws IOException {
        boolean hasBody = ctx.req().getContentLengthLong() > 0 || ctx.header("Transfer-Encoding") != null;
        if (hasBody && ctx.statusCode() >= 400 && !ctx.req().getInputStream().isFinished()) {
            ctx.header("Connection", "close");
        }
    }

    /** In words for people where a person asks. */
    private void refuse(Context ctx, int status) {
        if (!site.answeredTrouble(ctx, status)) {
            Answers.refused(ctx, status);
        }
    }

    /** The database cannot be reached at the moment: nothing is wrong with the request, and it may be sent again soon. */
    private void unavailable(StorageUnavailableException e, Context ctx) {
        LOG.warn("{} {} was answered 503: {}", ctx.method(), shownPath(ctx), e.getMessage());
        ctx.header("Retry-After", RETRY_AFTER_SECONDS);
        if (!site.answeredUnavailable(ctx)) {
            Answers.couldNotBeProcessed(ctx, 503);
        }
    }

    /** The path of the first administrator's form is a secret until there is an account. */
    private static String shownPath(Context ctx) {
        return ctx.path().replaceFirst("^/first/.*", "/first/…");
    }

    private static boolean isTooLong(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(each ->
                        TOO_LONG.matcher(String.valueOf(each.getMessage())).find());
    }

    /** Where it is served: {@code http://host:port}. */
    public String address() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + javalin.port();
    }

    /** Returns every route that is registered, each as method and path, for example {@code GET /about}. */
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
    }
}
