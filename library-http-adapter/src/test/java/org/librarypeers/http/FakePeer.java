package org.librarypeers.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PeerId;

/** A peer on a real socket that gives scripted answers and records the requests. */
final class FakePeer implements AutoCloseable {

    static {
        // Without this property the server waits 40 ms before the last bytes of each answer.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    static final String KEY = "0aab3c456c1110b996c60f69007f2a2acd63d260";

    final List<Request> requests = new CopyOnWriteArrayList<>();

    private final Queue<Answer> script = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final HttpServer server;
    private volatile Function<Request, Answer> otherwise = request -> Answer.status(404);

    /** A recorded request. */
    record Request(String method, URI uri, Map<String, List<String>> headers) {

        /** Returns the values of a header, whatever the case of its name. Null if it was not sent. */
        String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> String.join(",", header.getValue()))
                    .findFirst()
                    .orElse(null);
        }

        Map<String, String> parameters() {
            Map<String, String> parameters = new LinkedHashMap<>();
            if (uri.getRawQuery() != null) {
                for (String pair : uri.getRawQuery().split("&")) {
                    String[] parts = pair.split("=", 2);
                    parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
                }
            }
            return parameters;
        }
    }

    /** A scripted answer. */
    interface Answer {
        void to(HttpExchange exchange, FakePeer peer) throws IOException, InterruptedException;

        static Answer json(String body) {
            return of(200, "application/json", body.getBytes(StandardCharsets.UTF_8));
        }

        static Answer status(int code, String... headers) {
            return of(code, "text/html; charset=utf-8", new byte[0], headers);
        }

        static Answer of(int code, String type, byte[] body, String... headers) {
            return (exchange, peer) -> {
                for (int i = 0; i < headers.length; i += 2) {
                    exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
                }
                exchange.getResponseHeaders().add("Content-Type", type);
                exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            };
        }

        static Answer gzipped(byte[] body) {
            return of(200, "application/json", gzip(body), "Content-Encoding", "gzip");
        }

        /** Closes the connection without an answer. */
        static Answer hangUp() {
            return (exchange, peer) -> {};
        }

        /** Sends only half of the announced body. */
        static Answer cutOff(String body) {
            return (exchange, peer) -> {
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
                exchange.getResponseBody().flush();
            };
        }

        /** Sends a part of the body and then nothing more. */
        static Answer stall(String part) {
            return (exchange, peer) -> {
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write(part.getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
                peer.ended.await();
            };
        }

        /** Accepts the request and sends nothing. */
        static Answer silence() {
            return (exchange, peer) -> peer.ended.await();
        }

        private static byte[] gzip(byte[] body) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (OutputStream out = new GZIPOutputStream(packed)) {
                out.write(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return packed.toByteArray();
        }
    }

    FakePeer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            Request request = new Request(
                    exchange.getRequestMethod(), exchange.getRequestURI(), Map.copyOf(exchange.getRequestHeaders()));
            requests.add(request);
            Answer answer = script.poll();
            (answer == null ? otherwise.apply(request) : answer).to(exchange, this);
        } catch (IOException e) {
            // The client has disconnected, which is allowed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Adds the next answers, in this order. */
    FakePeer then(Answer... answers) {
        script.addAll(List.of(answers));
        return this;
    }

    /** Sets the answer to all requests for which no scripted answer is left. */
    FakePeer otherwise(Function<Request, Answer> answer) {
        this.otherwise = answer;
        return this;
    }

    /** Waits until the test is over. */
    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    String host() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    Peer peer() {
        return peer(host());
    }

    static Peer peer(String host) {
        return Peer.builder()
                .id(new PeerId(1))
                .name("Malawi Library")
                .host(PeerHost.of(host))
                .credentials("me@example.org", new ApiKey(KEY))
                .build();
    }

    @Override
    public void close() {
        ended.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
