package org.librarypeers.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** A relay between a library and its peer that counts the bytes in both directions, as they are on the wire. */
final class CountingRelay implements AutoCloseable {

    private static final int BUFFER = 64 * 1024;

    private final URI to;
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicLong bytes = new AtomicLong();

    private CountingRelay(URI to, ServerSocket server) {
        this.to = to;
        this.server = server;
    }

    /**
     * Starts a relay.
     *
     * @param port the port; 0 for a free one
     */
    static CountingRelay start(URI to, int port) throws IOException {
        CountingRelay relay = new CountingRelay(to, new ServerSocket(port, 50, InetAddress.getLoopbackAddress()));
        relay.threads.execute(relay::accept);
        return relay;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** Returns the number of bytes since the last call. */
    long takeBytes() {
        return bytes.getAndSet(0);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket caller = server.accept();
                Socket target = new Socket(to.getHost(), to.getPort());
                threads.execute(() -> pass(caller, target));
                threads.execute(() -> pass(target, caller));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException("the relay cannot connect", e);
                }
            }
        }
    }

    private void pass(Socket from, Socket onto) {
        try (from;
                onto) {
            InputStream in = from.getInputStream();
            OutputStream out = onto.getOutputStream();
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes.addAndGet(read);
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException e) {
            // One side has closed the connection, which ends it.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
