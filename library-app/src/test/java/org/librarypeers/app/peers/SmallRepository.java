package org.librarypeers.app.peers;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** An OAI-PMH repository with two records, over a socket. It answers each request for a list with both. */
public final class SmallRepository implements AutoCloseable {

    private static final String RECORD = """
            <record><header><identifier>oai:small.example.org:%1$d</identifier><datestamp>2026-01-0%1$d</datestamp></header>
            <metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"
             xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Water %1$d</dc:title><dc:subject>Hygiene</dc:subject>
            </oai_dc:dc></metadata></record>
            """;

    private final HttpServer server;

    private SmallRepository(HttpServer server) {
        this.server = server;
    }

    /** Starts a repository on a free port. */
    public static SmallRepository start() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        server.createContext("/oai", exchange -> {
            try (exchange) {
                byte[] page = page(exchange.getRequestURI().getQuery()).getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "text/xml");
                exchange.sendResponseHeaders(200, page.length);
                exchange.getResponseBody().write(page);
            }
        });
        server.start();
        return new SmallRepository(server);
    }

    private static String page(String query) {
        String content = query.contains("Identify")
                ? "<Identify><protocolVersion>2.0</protocolVersion><deletedRecord>no</deletedRecord>"
                        + "<granularity>YYYY-MM-DD</granularity></Identify>"
                : "<ListRecords>" + RECORD.formatted(1) + RECORD.formatted(2) + "</ListRecords>";
        return "<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\"><responseDate>2026-01-03T00:00:00Z</responseDate>"
                + content + "</OAI-PMH>";
    }

    /** Returns the base URL. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/oai";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
