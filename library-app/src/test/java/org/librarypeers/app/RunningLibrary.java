package org.librarypeers.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.librarypeers.app.accounts.PasswordCost;
import org.librarypeers.app.config.Configuration;
import org.librarypeers.app.config.DatabaseServer;
import org.librarypeers.app.config.Settings;
import org.librarypeers.app.server.LibraryServer;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.app.wiring.LibrarySettings;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.embeddedpostgres.EmbeddedPostgres;
import org.librarypeers.sync.contract.Samples;

/**
 * A complete library for tests, with its own database. It listens on a free loopback port.
 */
public final class RunningLibrary implements AutoCloseable {

    /** A low cost, because tests create many accounts and sign in often. */
    public static final PasswordCost PASSWORD_COST = new PasswordCost(8, 1);

    /** The maximum size of a file that the library accepts, in bytes. */
    public static final long MAX_UPLOAD_BYTES = 1_024 * 1_024;

    private static final String DEADLOCK = "40P01";
    private static final int MOST_DEADLOCKS = 5;

    public static final UserName READER = new UserName("reader");
    public static final UserName REVIEWER = new UserName("reviewer");

    // Not shared: a shared client could reuse a connection to an earlier server that had the same port.
    private final HttpClient http = HttpClient.newHttpClient();

    private final EmbeddedPostgres postgres;
    private final String database;
    private final Library library;
    private final LibraryServer server;

    private RunningLibrary(EmbeddedPostgres postgres, String database, Library library, LibraryServer server) {
        this.postgres = postgres;
        this.database = database;
        this.library = library;
        this.server = server;
    }

    public static RunningLibrary start() {
        return start(0);
    }

    /** Starts a library with the given name and without a request limit. */
    public static RunningLibrary start(String name) {
        return start(name, 0);
    }

    /** Starts a library that limits the requests of each account per hour; 0 means no limit. */
    public static RunningLibrary start(int requestsPerHour) {
        return start("Test library", requestsPerHour);
    }

    /** Starts a library with changed settings. */
    public static RunningLibrary start(UnaryOperator<LibrarySettings> change) {
        return start(change.apply(settings("Test library", 0)));
    }

    private static RunningLibrary start(String name, int requestsPerHour) {
        return start(settings(name, requestsPerHour));
    }

    private static RunningLibrary start(LibrarySettings settings) {
        EmbeddedPostgres postgres = TestDatabases.server();
        String database = TestDatabases.create();
        Library library = Library.open(settings, postgres, database);
        library.accounts().create(READER, Role.MEMBER, null, "a reader's password");
        library.accounts().create(REVIEWER, Role.REVIEWER, null, "a reviewer's password");
        return new RunningLibrary(postgres, database, library, LibraryServer.start(library, "127.0.0.1", 0));
    }

    private static LibrarySettings settings(String name, int requestsPerHour) {
        Configuration configuration = Configuration.defaults()
                .with(Settings.HOME, TestDatabases.HOME.toString())
                .with(Settings.NAME, name)
                .with(Settings.API_REQUESTS_PER_HOUR, String.valueOf(requestsPerHour))
                .with(Settings.MAX_UPLOAD_MIB, String.valueOf(MAX_UPLOAD_BYTES / 1_024 / 1_024));
        return new LibrarySettings(configuration, PASSWORD_COST);
    }

    /** Opens the library a second time, as another node does. The caller closes it. */
    public Library openAgain() {
        return Library.open(library.settings()
                .with(Settings.DB_URL, postgres.jdbcUrl(database))
                .with(Settings.DB_USER, postgres.user())
                .with(Settings.DB_PASSWORD, postgres.password()));
    }

    public Library library() {
        return library;
    }

    /** Returns the connection settings of the database, for other processes. */
    public DatabaseServer database() {
        return new DatabaseServer(postgres.jdbcUrl(database), postgres.user(), postgres.password());
    }

    /** Returns the first column of the query's rows as text. */
    public List<String> texts(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public LibraryServer server() {
        return server;
    }

    public String address() {
        return server.address();
    }

    /** Returns the home directory, which all libraries for tests share. */
    public Path home() {
        return TestDatabases.HOME;
    }

    /** Returns the environment variables that make another process serve this library. */
    public Map<String, String> environment() {
        return Map.of(
                "LIBRARY_DB_URL",
                postgres.jdbcUrl(database),
                "LIBRARY_DB_USER",
                postgres.user(),
                "LIBRARY_DB_PASSWORD",
                postgres.password());
    }

    /** Opens a connection to the database. The caller closes it. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(database), postgres.user(), postgres.password());
    }

    public ApiKey key(UserName user) {
        return library.accounts().apiKey(user).orElseThrow();
    }

    public String authorization(UserName user) {
        return "ApiKey " + user + ":" + key(user).secret();
    }

    /** Adds the other library as a peer of this one and returns the peer. */
    public Peer addPeer(RunningLibrary other) {
        Peer peer = Peer.builder()
                .id(library.storage().peers().nextId())
                .name(
                        other.library.settings().name().equals("Test library")
                                ? "Peer at " + other.address()
                                : other.library.settings().name())
                .host(PeerHost.of(other.address()))
                .credentials(READER.value(), other.key(READER))
                .build();
        library.storage().peers().save(peer);
        return peer;
    }

    public Resource publish(String title) {
        return publish(Guid.random(), Samples.titled(title));
    }

    public Resource publish(Guid guid, ResourceContent content) {
        Resource made =
                Resource.create(guid, content, UserName.SYSTEM, library.clock().instant());
        library.storage().resources().save(made.approve(library.clock().instant()));
        return library.storage().resources().find(guid).orElseThrow();
    }

    /** Publishes the given number of resources in one transaction. */
    public void publishMany(int count) {
        library.storage()
                .resources()
                .save(IntStream.range(0, count)
                        .mapToObj(i -> Resource.create(
                                        Guid.random(),
                                        Samples.titled("Resource " + i),
                                        UserName.SYSTEM,
                                        library.clock().instant())
                                .approve(library.clock().instant()))
                        .toList());
    }

    /** Removes all resources, tags and categories. */
    public void removeResources() {
        truncate("resource, tag, category, deletion");
    }

    /**
     * Empties tables and those that refer to them. First waits for the search indexing in the background, which locks
     * tables in another order. Other work in the background may still lead to a deadlock, after which it is tried again.
     */
    public void truncate(String tables) {
        String sql = "do $$ begin lock table search_backlog; truncate " + tables + " cascade; end $$";
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
                return;
            } catch (SQLException e) {
                if (attempt == MOST_DEADLOCKS || !DEADLOCK.equals(e.getSQLState())) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    public HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, headers);
    }

    public HttpResponse<String> send(String method, String path, String... headers)
            throws IOException, InterruptedException {
        return send(method, path, HttpRequest.BodyPublishers.noBody(), headers);
    }

    /** Sends JSON with the API key of the user. */
    public HttpResponse<String> sendJson(String method, String path, String json, UserName user)
            throws IOException, InterruptedException {
        return send(
                method,
                path,
                HttpRequest.BodyPublishers.ofString(json),
                "Content-Type",
                "application/json",
                "Authorization",
                authorization(user));
    }

    public HttpResponse<String> send(String method, String path, HttpRequest.BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address() + path)).method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        server.close();
        library.close();
        postgres.dropDatabase(database);
    }
}
