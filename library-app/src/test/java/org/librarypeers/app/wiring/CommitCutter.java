package org.librarypeers.app.wiring;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * A relay to a PostgreSQL server that cuts a connection when the server confirms a chosen commit. The client then does not know
 * that its transaction was committed.
 */
final class CommitCutter implements AutoCloseable {

    /**
     * The messages of the server that confirm a commit: the end of a transaction, or of a statement that changed something and
     * is a transaction of its own, and then that the server is idle.
     */
    private static final Pattern CONFIRMED =
            Pattern.compile("(COMMIT|INSERT 0 \\d+|UPDATE \\d+|DELETE \\d+)\0Z\0\0\0\5I");

    private final ServerSocket socket;
    private final int server;

    /** The number of commits to pass on before one is cut; negative if none is to be cut. */
    private final AtomicInteger left = new AtomicInteger(-1);

    CommitCutter(int server) {
        try {
            this.socket = new ServerSocket(0, 50, loopback());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.server = server;
        start(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Cuts the connection at the commit after the given number of further ones, once. */
    void cutAfter(int commits) {
        left.set(commits);
    }

    /** Returns whether the connection was cut. */
    boolean hasCut() {
        return left.get() < 0;
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "commit-cutter");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Socket behind = new Socket(loopback(), server);
                start(() -> passRequests(client, behind));
                start(() -> passAnswers(behind, client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void passRequests(Socket client, Socket behind) {
        try (client;
                behind) {
            client.getInputStream().transferTo(behind.getOutputStream());
        } catch (IOException e) {
            // The connection was cut.
        }
    }

    private void passAnswers(Socket behind, Socket client) {
        byte[] buffer = new byte[65_536];
        try (behind;
                client) {
            InputStream in = behind.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                String text = new String(Arrays.copyOf(buffer, read), StandardCharsets.ISO_8859_1);
                if (CONFIRMED.matcher(text).find() && left.getAndUpdate(n -> n < 0 ? n : n - 1) == 0) {
                    return;
                }
                client.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException e) {
            // The connection was cut.
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
