package org.librarypeers.app.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.librarypeers.sync.DaemonThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listener that holds the address of a server while the library starts. It answers every request with
 * {@code {"status":"starting"}}, until a {@link LibraryServer} takes the address over. The status is 503, except for
 * {@code /health/live}, whose status is 200. No connection is refused in between.
 */
public final class StartingListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StartingListener.class);

    private static final byte[] LIVE = answer("200 OK");
    private static final byte[] ANSWER = answer("503 Service Unavailable");
    private static final String LIVE_REQUEST = "GET /health/live ";
    private static final int LONGEST_REQUEST_BYTES = 8_192;
    private static final int READ_LIMIT_MILLIS = 500;

    private final ServerSocketChannel channel;
    private final Selector selector;
    private final CompletableFuture<Void> answering;
    private volatile boolean stopped;
    private boolean taken;

    private StartingListener(ServerSocketChannel channel) throws IOException {
        this.channel = channel;
        this.selector = Selector.open();
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_ACCEPT);
        this.answering = CompletableFuture.runAsync(
                this::answerAll,
                task -> DaemonThreads.named("starting").newThread(task).start());
    }

    /**
     * Listens on an address.
     *
     * @param port the port, or 0 for any free port
     * @throws IllegalArgumentException if the address cannot be used; the message is one line that states the cause and
     *     the remedy
     */
    public static StartingListener open(String host, int port) {
        try {
            ServerSocketChannel channel = ServerSocketChannel.open();
            try {
                // Recently closed connections do not block the port.
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                channel.bind(new InetSocketAddress(host, port));
                return new StartingListener(channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            throw LibraryServer.notFree(host, port, e);
        }
    }

    private static byte[] answer(String status) {
        String body = "{\"status\":\"starting\"}";
        return ("HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                        + "\r\nRetry-After: 1\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private void answerAll() {
        try {
            while (!stopped) {
                selector.select();
                selector.selectedKeys().clear();
                SocketChannel client = stopped ? null : channel.accept();
                if (client != null) {
                    answer(client);
                }
            }
        } catch (IOException e) {
            LOG.debug("Requests are not answered until the library has started", e);
        }
    }

    /** Answers one request. Requests are answered one at a time, so clients that send nothing for 500 ms are disconnected. */
    private static void answer(SocketChannel client) {
        try (client;
                Socket socket = client.socket()) {
            socket.setSoTimeout(READ_LIMIT_MILLIS);
            InputStream in = socket.getInputStream();
            byte[] request = new byte[LONGEST_REQUEST_BYTES];
            int length = in.read(request);
            if (length > 0) {
                String head = new String(request, 0, length, StandardCharsets.US_ASCII);
                socket.getOutputStream().write(head.startsWith(LIVE_REQUEST) ? LIVE : ANSWER);
                socket.shutdownOutput();
            }
        } catch (IOException e) {
            LOG.debug("A request could not be answered during the start", e);
        }
    }

    /** Returns the port on which this listens. */
    public int port() {
        return channel.socket().getLocalPort();
    }

    /** Stops answering, and returns the channel, which the caller closes. Connections wait until it accepts them. */
    ServerSocketChannel take() {
        stop();
        taken = true;
        return channel;
    }

    private void stop() {
        stopped = true;
        selector.wakeup();
        answering.join();
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes the address unless a server has taken it over. */
    @Override
    public void close() {
        if (!taken) {
            stop();
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
