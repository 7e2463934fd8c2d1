package org.librarypeers.app.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** A library that gives scripted answers and records its requests. */
final class StubSite implements AutoCloseable {

    /** A received request: method, path with query, headers and body. */
    record ReceivedRequest(String line, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, List.of("")).get(0);
        }
    }

    private record StubResponse(int status, String body, boolean packed) {}

    private final HttpServer server;
    private final Map<String, StubResponse> answers = Collections.synchronizedMap(new HashMap<>());
    private final List<ReceivedRequest> requests = Collections.synchronizedList(new ArrayList<>());

    StubSite() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<ReceivedRequest> requests() {
        return List.copyOf(requests);
    }

    /** Answers every request for the path. A path with a query matches only that query and takes precedence. */
    void answers(String path, int status, String body) {
        answers.put(path, new StubResponse(status, body, false));
    }

    void answersPacked(String path, String body) {
        answers.put(path, new StubResponse(200, body, true));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String address = exchange.getRequestURI().toString();
        requests.add(new ReceivedRequest(
                exchange.getRequestMethod() + " " + address, Map.copyOf(exchange.getRequestHeaders()), sent));
        StubResponse byPath =
                answers.getOrDefault(exchange.getRequestURI().getPath(), new StubResponse(404, "", false));
        StubResponse answer = answers.getOrDefault(address, byPath);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        if (answer.packed()) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            body = packed(body);
        }
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static byte[] packed(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream packing = new GZIPOutputStream(bytes)) {
            packing.write(body);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
