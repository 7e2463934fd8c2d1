package org.librarypeers.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTP proxy on a real socket. It forwards requests and {@code CONNECT} tunnels to a port of this machine, whatever host they
 * name, and records their first lines.
 */
public final class TestProxy implements AutoCloseable {

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ServerSocket server;
    private final int target;
    private final String credentials;

    private TestProxy(int target, String credentials) throws IOException {
        this.target = target;
        this.credentials = credentials;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::acceptAll);
    }

    /** Starts a proxy that anybody may use. */
    public static TestProxy to(int target) throws IOException {
        return new TestProxy(target, null);
    }

    /** Starts a proxy that requires a user and a password. */
    public static TestProxy to(int target, String user, String password) throws IOException {
        return new TestProxy(target, ProxyRoute.basic(user, password));
    }

    /** Returns the address of the proxy. */
    public InetSocketAddress address() {
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    /** Returns the first line of each request that was forwarded. */
    public List<String> requests() {
        return requests;
    }

    private void acceptAll() {
        try {
            while (true) {
                Socket client = server.accept();
                threads.execute(() -> forward(client));
            }
        } catch (IOException e) {
            // The proxy was closed.
        }
    }

    private void forward(Socket client) {
        try (client) {
            List<String> head = head(client.getInputStream());
            if (head.isEmpty()) {
                return;
            }
            if (credentials != null && !head.contains("Proxy-Authorization: " + credentials)) {
                answer(client, "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"test\"");
                return;
            }
            requests.add(head.get(0));
            try (Socket peer = new Socket(InetAddress.getLoopbackAddress(), target)) {
                if (head.get(0).startsWith("CONNECT ")) {
                    client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                } else {
                    peer.getOutputStream().write(originForm(head).getBytes(StandardCharsets.ISO_8859_1));
                }
                threads.execute(() -> copy(client, peer));
                peer.getInputStream().transferTo(client.getOutputStream());
            }
        } catch (IOException e) {
            // One of the two has closed the connection.
        }
    }

    /** Returns the request for the peer: the path alone in its first line, and without the headers for the proxy. */
    private static String originForm(List<String> head) {
        StringBuilder request =
                new StringBuilder(head.get(0).replaceFirst("http://[^/ ]+", "")).append("\r\nConnection: close\r\n");
        head.stream()
                .skip(1)
                .filter(line -> !line.startsWith("Proxy-") && !line.startsWith("Connection"))
                .forEach(line -> request.append(line).append("\r\n"));
        return request.append("\r\n").toString();
    }

    private static void answer(Socket client, String status) throws IOException {
        OutputStream out = client.getOutputStream();
        out.write(("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        client.shutdownOutput();
    }

    private static List<String> head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.append((char) next);
            if (head.toString().endsWith("\r\n\r\n")) {
                return List.of(head.toString().strip().split("\r\n"));
            }
        }
        return List.of();
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // One of the two has closed the connection.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
