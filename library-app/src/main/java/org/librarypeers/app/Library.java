package org.librarypeers.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.accounts.AccountService;
import org.librarypeers.app.accounts.FirstAdministrator;
import org.librarypeers.app.accounts.SignIns;
import org.librarypeers.app.content.Authoring;
import org.librarypeers.app.embedded.EmbeddedPostgres;
import org.librarypeers.app.files.DiskFiles;
import org.librarypeers.app.schedule.BackgroundRuns;
import org.librarypeers.app.schedule.Schedule;
import org.librarypeers.http.HttpPeerClient;
import org.librarypeers.persistence.JpaStorage;
import org.librarypeers.sync.Provenance;
import org.librarypeers.sync.ReviewService;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.port.FileStore;
import org.librarypeers.sync.port.Storage;
import org.librarypeers.sync.port.StorageException;

/** One library, put together by hand: what is closed last stands first. */
public final class Library implements AutoCloseable {

    private static final String DATABASE = "library";

    private final Settings settings;
    private final @Nullable EmbeddedPostgres postgres;
    private final JpaStorage storage;
    private final HttpPeerClient client;
    private final Clock clock = Clock.systemUTC();
    private final SyncService sync;
    private final Schedule schedule;
    private final BackgroundRuns backgroundRuns;
    private final ReviewService review;
    private final Provenance provenance;
    private final AccountService accounts;
    private final FirstAdministrator firstAdministrator;
    private final Authoring authoring;
    private final SignIns signIns;
    private final FileStore files;

    private Library(Settings settings, @Nullable EmbeddedPostgres postgres, JpaStorage storage, byte[] secretKey) {
        this.settings = settings;
        this.postgres = postgres;
        this.storage = storage;
        this.client = HttpPeerClient.builder()
                .clock(clock)
                .languages(settings.languages())
                .build();
        this.sync = new SyncService(client, storage, clock);
        this.schedule = new Schedule(storage, storage.connections(), sync, clock, settings.syncEvery());
        this.backgroundRuns = new BackgroundRuns(sync, storage);
        this.review = new ReviewService(storage, clock);
        this.provenance = new Provenance(storage, clock);
        this.accounts = new AccountService(storage);
        this.firstAdministrator = new FirstAdministrator(accounts, storage.id(), secretKey);
        this.authoring = new Authoring(storage, clock);
        this.signIns = new SignIns(accounts, storage, clock);
        this.files = new DiskFiles(settings.home().resolve("files"), clock);
    }

    /**
     * Opens the library that the settings describe; on the embedded PostgreSQL if they name no server.
     *
     * @throws RuntimeException if that is not possible, with a message of one line that says why and what to do
     */
    public static Library open(Settings settings) {
        prepare(settings);
        if (settings.server() != null) {
            requireAddress(settings.server());
            return open(settings, settings.server(), null);
        }
        EmbeddedPostgres postgres = EmbeddedPostgres.open(settings.home().resolve("postgres"));
        return opened(postgres, () -> {
            postgres.createDatabaseIfMissing(DATABASE);
            return open(settings, server(postgres, DATABASE), postgres);
        });
    }

    /** As {@link #open(Settings)}, on a database of that name in an embedded PostgreSQL that stays the caller's to close. */
    public static Library open(Settings settings, EmbeddedPostgres shared, String database) {
        prepare(settings);
        shared.createDatabaseIfMissing(database);
        return open(settings, server(shared, database), null);
    }

    /** Said here, since pools and drivers would quote the address, and with it what people put there. */
    private static void requireAddress(Settings.DatabaseServer server) {
        try {
            DriverManager.getDriver(server.url());
        } catch (SQLException e) {
            throw new IllegalArgumentException(
                    "LIBRARY_DB_URL cannot be read as jdbc:postgresql://host:port/database; check its parts", e);
        }
    }

    private static Settings.DatabaseServer server(EmbeddedPostgres postgres, String database) {
        return new Settings.DatabaseServer(postgres.jdbcUrl(database), postgres.user(), postgres.password());
    }

    private static void prepare(Settings settings) {
        try {
            Files.createDirectories(settings.home());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot make the folder " + settings.home() + " ("
                            + e.getClass().getSimpleName() + "); choose another with --home or LIBRARY_HOME",
                    e);
        }
    }

    private static Library open(
            Settings settings, Settings.DatabaseServer server, @Nullable EmbeddedPostgres postgres) {
        byte[] secretKey = secretKey(settings);
        JpaStorage storage = JpaStorage.builder()
                .database(
                        server.url(),
                        Objects.requireNonNullElse(server.user(), ""),
                        Objects.requireNonNullElse(server.password(), ""))
                .secretKey(secretKey)
                .build();
        return opened(storage, () -> {
            storage.migrate();
            storage.check();
            return new Library(settings, postgres, storage, secretKey);
        });
    }

    private static byte[] secretKey(Settings settings) {
        try {
            return SecretKey.of(settings.secretKey(), settings.home());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot read or make the key file in " + settings.home() + " ("
                            + e.getClass().getSimpleName() + "); check the rights of that folder",
                    e);
        }
    }

    /** Goes on with what was opened, and closes it again if that fails. */
    private static Library opened(AutoCloseable part, Supplier<Library> rest) {
        try {
            return rest.get();
        } catch (RuntimeException e) {
            try {
                part.close();
            } catch (Exception suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    /** What the administrator set. */
    public Settings settings() {
        return settings;
    }

    /** What the library keeps. */
    public Storage storage() {
        return storage;
    }

    /** Pulls from peers. */
    public SyncService sync() {
        return sync;
    }

    /** Pulls from peers by itself, once it is started. */
    public Schedule schedule() {
        return schedule;
    }

    /** Pulls from peers while whoever asked for it goes on. */
    public BackgroundRuns backgroundRuns() {
        return backgroundRuns;
    }

    /** Publishes. */
    public ReviewService review() {
        return review;
    }

    /** Why resources say what they say. */
    public Provenance provenance() {
        return provenance;
    }

    /** Who may do what. */
    public AccountService accounts() {
        return accounts;
    }

    /** Lets whoever started the library make the first account. */
    public FirstAdministrator firstAdministrator() {
        return firstAdministrator;
    }

    /** Lets people add resources and change them. */
    public Authoring authoring() {
        return authoring;
    }

    /** What was uploaded. */
    public FileStore files() {
        return files;
    }

    /** Who is signed in with a browser. */
    public SignIns signIns() {
        return signIns;
    }

    /** The time. */
    public Clock clock() {
        return clock;
    }

    /**
     * Sees whether the library can work.
     *
     * @throws StorageException if the database does not answer
     */
    public void check() {
        storage.check();
    }

    @Override
    public void close() {
        schedule.close();
        sync.close();
        backgroundRuns.close();
        client.close();
        storage.close();
        if (postgres != null) {
            postgres.close();
        }
    }
}
