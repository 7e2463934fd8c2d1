package org.librarypeers.bench;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The baseline of the server: an HTTP server of the JDK that writes JSON of a given size, and reads no database. */
final class BareHttp implements AutoCloseable {

    private static final String TEXT = "x".repeat(980);
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    private BareHttp(HttpServer server) {
        this.server = server;
    }

    /** Starts a server on a free port. {@code GET /N} answers with about N KB of JSON. */
    static BareHttp start() throws IOException {
        // Otherwise, the end of each answer waits 40 ms for the client's acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        BareHttp bare = new BareHttp(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        bare.server.setExecutor(bare.threads);
        JsonFactory json = new JsonFactory();
        bare.server.createContext("/", exchange -> {
            int kilobytes = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody();
                    JsonGenerator array = json.createGenerator(ObjectWriteContext.empty(), body)) {
                array.writeStartArray();
                for (int i = 0; i < kilobytes; i++) {
                    array.writeStartObject();
                    array.writeNumberProperty("id", i);
                    array.writeStringProperty("text", TEXT);
                    array.writeEndObject();
                }
                array.writeEndArray();
            }
        });
        bare.server.start();
        return bare;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
