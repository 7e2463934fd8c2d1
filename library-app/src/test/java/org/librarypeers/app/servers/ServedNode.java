package org.librarypeers.app.servers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.librarypeers.app.AppProcess;
import org.librarypeers.app.config.DatabaseServer;

/** A process that serves a library on a database server, with the times of a real one. */
final class ServedNode implements AutoCloseable {

    private static final Pattern SERVING = Pattern.compile("Serving at (\\S+)");

    private final HttpClient http = HttpClient.newHttpClient();
    private final AppProcess process;
    private final String address;

    private ServedNode(AppProcess process) {
        this.process = process;
        process.await(
                "the node serves",
                () -> SERVING.matcher(process.out()).find()
                        || !process.process().isAlive());
        Matcher serving = SERVING.matcher(process.out());
        if (!serving.find()) {
            throw new AssertionError("the node does not serve:\n" + process.out() + process.err());
        }
        this.address = serving.group(1);
    }

    static ServedNode start(Path home, DatabaseServer database) throws IOException {
        return start(home, database, Map.of());
    }

    /** Starts a node with more variables in its environment. */
    static ServedNode start(Path home, DatabaseServer database, Map<String, String> more) throws IOException {
        return new ServedNode(command(home, database, more, "serve", "--port=0"));
    }

    /** Starts a command on a database server, with more variables in its environment. */
    static AppProcess command(Path home, DatabaseServer database, Map<String, String> more, String... arguments)
            throws IOException {
        return AppProcess.start(
                home,
                List.of(),
                builder -> {
                    builder.environment().putAll(more);
                    builder.environment().put("LIBRARY_HOME", home.toString());
                    builder.environment().put("LIBRARY_DB_URL", database.url());
                    builder.environment().put("LIBRARY_DB_USER", String.valueOf(database.user()));
                    builder.environment().put("LIBRARY_DB_PASSWORD", String.valueOf(database.password()));
                },
                arguments);
    }

    String address() {
        return address;
    }

    String log() {
        return process.out() + process.err();
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder().GET(), path, headers);
    }

    HttpResponse<String> post(String path, String json, String... headers) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json)),
                path,
                headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String path, String... headers)
            throws IOException, InterruptedException {
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(
                request.uri(URI.create(address + path))
                        .timeout(Duration.ofMinutes(2))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        process.close();
    }
}
