package org.librarypeers.sync.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A TCP relay to a server on this machine. A test can cut the connections. */
public final class TcpLine implements AutoCloseable {

    private final ServerSocket socket;
    private final int server;
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    private TcpLine(ServerSocket socket, int server) {
        this.socket = socket;
        this.server = server;
    }

    /** Opens a relay from any free port to the server's port. */
    public static TcpLine to(int server) {
        return from(0, server);
    }

    /** Opens a relay from one port to the server's port. */
    public static TcpLine from(int port, int server) {
        try {
            TcpLine line = new TcpLine(new ServerSocket(port, 50, loopback()), server);
            start(line::accept);
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the port on which the relay listens. */
    public int port() {
        return socket.getLocalPort();
    }

    /** Returns the IPv4 loopback address. Java's loopback address may be that of IPv6. */
    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "tcp-line");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket here = socket.accept();
                Socket there = new Socket(loopback(), server);
                open.addAll(List.of(here, there));
                if (socket.isClosed()) {
                    // The relay was closed before it knew this connection.
                    here.close();
                    there.close();
                    return;
                }
                start(() -> pass(here, there));
                start(() -> pass(there, here));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // The relay was closed.
        }
    }

    /** Cuts the line: open connections break, and new ones are refused. */
    @Override
    public void close() {
        try {
            socket.close();
            for (Socket each : open) {
                each.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
