package org.librarypeers.app.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.config.Configuration;
import org.librarypeers.app.config.DatabaseServer;
import org.librarypeers.app.config.Settings;
import org.librarypeers.app.server.LibraryServer;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.app.wiring.LibrarySettings;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.persistence.ReplicaState;
import org.librarypeers.sync.contract.Await;
import org.librarypeers.sync.contract.Samples;

/** A library that serves from a database server and a read replica. */
public final class ReplicatedLibrary implements AutoCloseable {

    public static final UserName WRITER = new UserName("writer");
    public static final String PASSWORD = "a long password of the writer";

    private final Library library;
    private final LibraryServer server;
    private final HttpClient http = HttpClient.newHttpClient();

    private ReplicatedLibrary(LibrarySettings settings) {
        this.library = Library.open(settings);
        this.server = LibraryServer.start(library, "127.0.0.1", 0);
    }

    /** Starts a library on the primary of a cluster, with the first standby as its replica. */
    public static ReplicatedLibrary start(PostgresCluster cluster, UnaryOperator<LibrarySettings> change) {
        DatabaseServer primary = cluster.primary().database(DebianPostgres.DATABASE);
        String replica = cluster.standby().database(DebianPostgres.DATABASE).url();
        return start(primary, replica, newHome(), change);
    }

    /** Starts a library on a server and a replica, with the key in a home. */
    public static ReplicatedLibrary start(
            DatabaseServer primary, String replica, Path home, UnaryOperator<LibrarySettings> change) {
        Configuration configuration = Configuration.defaults()
                .with(Settings.HOME, home.toString())
                .with(Settings.API_REQUESTS_PER_HOUR, "0")
                .with(Settings.DB_URL, primary.url())
                .with(Settings.DB_USER, String.valueOf(primary.user()))
                .with(Settings.DB_PASSWORD, String.valueOf(primary.password()))
                .with(Settings.DB_READ_URL, replica);
        ReplicatedLibrary started =
                new ReplicatedLibrary(change.apply(new LibrarySettings(configuration, RunningLibrary.PASSWORD_COST)));
        started.library.accounts().create(WRITER, Role.REVIEWER, null, PASSWORD);
        started.library.accounts().allowWriting(WRITER, true);
        return started;
    }

    /** Starts another node of this library, with another replica. The caller closes it. */
    public ReplicatedLibrary another(String replica) {
        return new ReplicatedLibrary(library.settings().with(Settings.DB_READ_URL, replica));
    }

    private static Path newHome() {
        try {
            return Files.createTempDirectory("library-home-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Library library() {
        return library;
    }

    public String address() {
        return server.address();
    }

    public ReplicaState state() {
        return library.replica().orElseThrow();
    }

    /** Sends requests until the replica has been found to be usable. */
    public void awaitUse() {
        Await.await("the replica is used", () -> get("/about").statusCode() == 200 && state().trouble() == null);
    }

    public Resource publish(String title) {
        Resource made = Resource.create(
                        Guid.random(),
                        Samples.titled(title),
                        UserName.SYSTEM,
                        library.clock().instant())
                .approve(library.clock().instant());
        library.storage().resources().save(made);
        return library.storage().resources().find(made.guid()).orElseThrow();
    }

    /** Returns this library as a peer of another one. */
    public Peer asPeer(long id, String address) {
        return Peer.builder()
                .id(new PeerId(id))
                .name("Replicated")
                .host(PeerHost.of(address))
                .credentials(WRITER.value(), library.accounts().apiKey(WRITER).orElseThrow())
                .build();
    }

    /** Returns the header value that authenticates the writer in the API. */
    public String authorization() {
        return "ApiKey " + WRITER + ":"
                + library.accounts().apiKey(WRITER).orElseThrow().secret();
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send(HttpRequest.newBuilder(URI.create(address() + path)), headers);
    }

    public HttpResponse<String> postJson(String path, String json) {
        return send(
                HttpRequest.newBuilder(URI.create(address() + path)).POST(HttpRequest.BodyPublishers.ofString(json)),
                "Content-Type",
                "application/json",
                "Authorization",
                authorization());
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
        try {
            return http.send(
                    headers.length == 0
                            ? request.build()
                            : request.headers(headers).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
        library.close();
    }
}
