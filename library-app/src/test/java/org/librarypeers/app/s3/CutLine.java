package org.librarypeers.app.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A TCP relay to a server on this machine that counts bytes, and cuts all connections after a number of sent bytes. */
final class CutLine implements AutoCloseable {

    private static final int BUFFER_BYTES = 8 * 1024;

    private final ServerSocket socket;
    private final int server;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong received = new AtomicLong();

    private CutLine(ServerSocket socket, int server) {
        this.socket = socket;
        this.server = server;
    }

    static CutLine to(int server) {
        try {
            CutLine line = new CutLine(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")), server);
            start(line::accept);
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Cuts all connections, open and new ones, after this number of further bytes to the server. */
    void cutAfter(long bytes) {
        left.set(bytes);
    }

    /** Lets new connections pass. */
    void repair() {
        left.set(Long.MAX_VALUE);
    }

    /** Breaks the open connections. New ones pass. */
    void breakConnections() {
        for (Socket each : open) {
            close(each);
        }
    }

    /** Returns the number of bytes from the server until now. */
    long received() {
        return received.get();
    }

    /** Returns the number of connections that were opened until now. */
    int connections() {
        return open.size() / 2;
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "cut-line");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket here = socket.accept();
                Socket there = new Socket("127.0.0.1", server);
                open.addAll(List.of(here, there));
                if (left.get() <= 0 || socket.isClosed()) {
                    breakConnections();
                }
                start(() -> pass(here, there, count -> left.addAndGet(-count) > 0));
                start(() -> pass(there, here, count -> received.addAndGet(count) > 0));
            } catch (IOException e) {
                return;
            }
        }
    }

    private interface Passed {
        boolean goesOn(int count);
    }

    private static void pass(Socket from, Socket to, Passed passed) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!passed.goesOn(read)) {
                    return;
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // A connection was broken.
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        breakConnections();
    }
}
