package org.librarypeers.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.librarypeers.app.config.ListenSettings;
import picocli.CommandLine.Command;

@Command(
        name = "health",
        description =
                "Asks the server that runs on this machine whether it is ready, for example for the health check of a"
                        + " container. Exits with 0 if it is.")
final class HealthCommand extends BaseCommand {

    private static final int LONGEST_WAIT_MILLIS = 10_000;
    private static final int LONGEST_ANSWER_BYTES = 10_000;

    @Override
    public Integer call() throws IOException {
        ListenSettings listen = settings().listen();
        if (listen.port() == 0) {
            throw new CliException("listen.port is 0, so the port of the server is not known; set it to a port");
        }
        String address = address(listen);
        // Not HttpClient, which takes longer to load.
        HttpURLConnection connection = (HttpURLConnection)
                URI.create(address + "/health/ready").toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(LONGEST_WAIT_MILLIS);
        connection.setReadTimeout(LONGEST_WAIT_MILLIS);
        try {
            int status = connection.getResponseCode();
            out().println(body(connection, status));
            return status == HttpURLConnection.HTTP_OK ? 0 : 1;
        } catch (IOException e) {
            throw new CliException("no server answers at " + address + " (" + e.getMessage()
                    + "); start it with serve, or correct listen.host and listen.port");
        } finally {
            connection.disconnect();
        }
    }

    /** Returns the address at which this machine reaches the server. A server on all addresses is asked on the loopback address. */
    private static String address(ListenSettings listen) throws IOException {
        InetAddress host = new InetSocketAddress(listen.host(), listen.port()).getAddress();
        boolean any = host != null && host.isAnyLocalAddress();
        String name = any ? InetAddress.getLoopbackAddress().getHostAddress() : listen.host();
        return "http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + listen.port();
    }

    private static String body(HttpURLConnection connection, int status) throws IOException {
        InputStream body =
                status < HttpURLConnection.HTTP_BAD_REQUEST ? connection.getInputStream() : connection.getErrorStream();
        return body == null
                ? "status " + status
                : new String(body.readNBytes(LONGEST_ANSWER_BYTES), StandardCharsets.UTF_8).strip();
    }
}
