package org.librarypeers.app.wiring;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * A proxy before a healthy peer that forwards requests and spoils answers. It writes HTTP itself, because server
 * libraries do not allow broken answers.
 */
final class FaultyPeer implements AutoCloseable {

    private static final Pattern AFTER = Pattern.compile("[?&]after=(\\d+)");
    private static final String LIST = "/api/v1/resource/?";

    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicInteger lists = new AtomicInteger();
    private final AtomicInteger spoiled = new AtomicInteger();
    private final String target;
    private final ServerSocket server;
    private volatile PeerFault fault;
    private volatile int firstPage;
    private volatile byte[] firstSpoiled;

    FaultyPeer(String target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    String address() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** Spoils all answers from the given page of the list on. */
    FaultyPeer spoil(PeerFault how, int page) {
        fault = how;
        firstPage = page;
        return this;
    }

    /** Forwards all answers unchanged from now on. */
    void mend() {
        fault = null;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            }
        } catch (IOException e) {
            // The server socket is closed at the end of the test.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedReader head =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            String path = head.readLine().split(" ")[1];
            String credentials = "";
            for (String line = head.readLine(); !line.isEmpty(); line = head.readLine()) {
                credentials = line.startsWith("Authorization: ") ? line.split(": ", 2)[1] : credentials;
            }
            int page = path.startsWith(LIST) ? lists.incrementAndGet() : lists.get();
            byte[] right = ask(path, credentials);
            Wire wire = new Wire(socket, path);
            PeerFault now = fault;
            if (page >= firstPage && now != null && (now.harm != PeerFault.Harm.RUN || path.startsWith(LIST))) {
                now.send(right, wire);
            } else {
                wire.json(right);
            }
        } catch (IOException e) {
            // The client may close the connection at any time.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private byte[] ask(String path, String credentials) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(target + path))
                .header("Authorization", credentials)
                .build();
        HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException("the peer itself answered " + answer.statusCode());
        }
        return answer.body();
    }

    @Override
    public void close() throws IOException {
        ended.countDown();
        server.close();
        threads.shutdownNow();
    }

    /** The connection on which one answer is sent. */
    final class Wire {

        private final Socket socket;
        private final OutputStream out;
        private final String path;

        private Wire(Socket socket, String path) throws IOException {
            this.socket = socket;
            this.out = new BufferedOutputStream(socket.getOutputStream());
            this.path = path;
        }

        void json(byte[] body) throws IOException {
            head("application/json", body.length);
            write(body);
        }

        void head(String type, long length) throws IOException {
            head(type, "Content-Length: " + length);
        }

        private void head(String type, String more) throws IOException {
            write(("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\n" + more + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
        }

        void write(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        /** Resets the connection, as a restarted machine does. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Sends nothing more until the test is over. */
        void stall() throws InterruptedException {
            ended.await();
        }

        /** Sends the given text, then endless data, until the client disconnects. */
        void endlessGzip(String begin) throws IOException {
            head("application/json", "Content-Encoding: gzip");
            try (OutputStream packed = new GZIPOutputStream(out)) {
                packed.write(begin.getBytes(StandardCharsets.UTF_8));
                byte[] more = "a".repeat(1_000_000).getBytes(StandardCharsets.UTF_8);
                while (true) {
                    packed.write(more);
                }
            }
        }

        /** Returns the right answer that belonged to the first spoiled one. */
        byte[] firstSpoiled(byte[] right) {
            if (firstSpoiled == null) {
                firstSpoiled = right;
            }
            return firstSpoiled.clone();
        }

        /** Counts this answer and returns the number of spoiled answers so far. */
        int answersSoFar() {
            return spoiled.incrementAndGet();
        }

        /** Returns the position after which the full feed is requested, or -1 for another list. */
        long requestedAfter() {
            Matcher after = AFTER.matcher(path);
            return after.find() ? Long.parseLong(after.group(1)) : -1;
        }
    }
}
