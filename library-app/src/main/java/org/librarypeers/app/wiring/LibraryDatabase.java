package org.librarypeers.app.wiring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.config.DatabaseServer;
import org.librarypeers.app.config.DatabaseSettings.ReadReplica;
import org.librarypeers.app.config.Setting;
import org.librarypeers.app.config.Settings;
import org.librarypeers.embeddedpostgres.EmbeddedPostgres;
import org.librarypeers.persistence.JpaStorage;
import org.librarypeers.sync.storage.StorageUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database of a library, which may have no tables yet: the embedded PostgreSQL, or a server. */
final class LibraryDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LibraryDatabase.class);
    private static final String NAME = "library";

    private final LibrarySettings settings;
    private final DatabaseServer server;
    private final @Nullable EmbeddedPostgres postgres;

    private LibraryDatabase(LibrarySettings settings, DatabaseServer server, @Nullable EmbeddedPostgres postgres) {
        this.settings = settings;
        this.server = server;
        this.postgres = postgres;
    }

    /**
     * Throws if there certainly is no library: no embedded database, or no secret key for a server. Changes nothing.
     *
     * @throws IllegalArgumentException if so
     */
    static void requireExisting(LibrarySettings settings) {
        if (isMissing(settings)) {
            throw noLibrary(settings.home().toString());
        }
    }

    /** Returns whether there certainly is no library: no embedded database, or no secret key for a server. */
    static boolean isMissing(LibrarySettings settings) {
        return settings.database().server() == null
                ? EmbeddedPostgres.isMissing(postgres(settings))
                : settings.secretKey() == null && SecretKey.isMissing(settings.home());
    }

    private static IllegalArgumentException noLibrary(String where) {
        return new IllegalArgumentException(
                "no library in " + where + "; choose another folder with --home or LIBRARY_HOME, or create a library"
                        + " with serve, import, create_user or add_peer");
    }

    private static Path postgres(LibrarySettings settings) {
        return settings.home().resolve("postgres");
    }

    /** Opens the database that the settings describe. Creates the home and an empty embedded database if they are missing. */
    static LibraryDatabase open(LibrarySettings settings) {
        createHome(settings);
        DatabaseServer server = settings.database().server();
        if (server != null) {
            requireAddress(server.url(), Settings.DB_URL);
            ReadReplica replica = settings.database().replica();
            if (replica != null) {
                requireAddress(replica.url(), Settings.DB_READ_URL);
            }
            return new LibraryDatabase(settings, server, null);
        }
        EmbeddedPostgres postgres = EmbeddedPostgres.open(postgres(settings));
        try {
            postgres.createDatabaseIfMissing(NAME);
            return new LibraryDatabase(settings, server(postgres, NAME), postgres);
        } catch (RuntimeException e) {
            postgres.close();
            throw e;
        }
    }

    /** Opens a database of an embedded PostgreSQL, which the caller closes. Creates the database if it is missing. */
    static LibraryDatabase open(LibrarySettings settings, EmbeddedPostgres shared, String database) {
        createHome(settings);
        shared.createDatabaseIfMissing(database);
        return new LibraryDatabase(settings, server(shared, database), null);
    }

    private static void createHome(LibrarySettings settings) {
        try {
            Files.createDirectories(settings.home());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot create the folder " + settings.home() + " ("
                            + e.getClass().getSimpleName() + "); choose another with --home or LIBRARY_HOME",
                    e);
        }
    }

    /**
     * Throws if the JDBC URL is invalid. Pools and drivers would quote the URL in their messages, and it may contain a
     * password.
     */
    private static void requireAddress(String url, Setting<?> setting) {
        try {
            DriverManager.getDriver(url);
        } catch (SQLException e) {
            throw new IllegalArgumentException(
                    setting.variable() + " is not a valid address; write it as jdbc:postgresql://host:port/database",
                    e);
        }
    }

    private static DatabaseServer server(EmbeddedPostgres postgres, String database) {
        return new DatabaseServer(postgres.jdbcUrl(database), postgres.user(), postgres.password());
    }

    /**
     * Returns the secret key of the library, and creates it if it does not exist. Completes a change of the key that ended after
     * the database had changed.
     */
    byte[] secretKey() {
        Path home = settings.home();
        try {
            Optional<byte[]> next = settings.secretKey() == null ? SecretKey.next(home) : Optional.empty();
            if (next.isPresent() && isKey(next.get())) {
                SecretKey.useNext(home);
            }
            return SecretKey.of(settings.secretKey(), home);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot read or create the key file in " + home + " ("
                            + e.getClass().getSimpleName() + "); check the permissions of that folder",
                    e);
        }
    }

    private boolean isKey(byte[] secretKey) {
        try (JpaStorage storage = storage(secretKey)) {
            return !storage.isNew() && storage.maintenance().isKeyCurrent();
        } catch (StorageUnavailableException e) {
            // The caller may wait for the database, and reports the failure otherwise.
            LOG.debug("The secret key cannot be checked", e);
            return false;
        }
    }

    /** Returns a new storage on this database, without I/O. The caller closes it. */
    JpaStorage storage(byte[] secretKey) {
        JpaStorage.Builder builder = JpaStorage.builder()
                .database(
                        server.url(),
                        Objects.requireNonNullElse(server.user(), ""),
                        Objects.requireNonNullElse(server.password(), ""))
                .secretKey(secretKey)
                .poolSize(settings.database().poolSize())
                .program(Program.NAME);
        ReadReplica replica = settings.database().replica();
        return (replica == null ? builder : builder.replica(replica.url(), replica.maxLag())).build();
    }

    /**
     * Throws if the database has no library tables.
     *
     * @throws IllegalArgumentException if so
     */
    void requireLibrary(JpaStorage storage) {
        if (storage.isNew()) {
            throw noLibrary(
                    settings.database().server() == null
                            ? settings.home().toString()
                            : "the database of LIBRARY_DB_URL");
        }
    }

    /**
     * Restarts the embedded database if it ends, until it is closed. Does nothing for a server or a shared one.
     *
     * @param lost called once, with the reason, if the database cannot be restarted
     */
    void keepRunning(Consumer<String> lost) {
        if (postgres != null) {
            postgres.keepRunning(failure -> lost.accept(failure.getMessage()));
        }
    }

    /** Returns whether the embedded server runs. Empty for a server of its own or a shared one. */
    Optional<Boolean> isEmbeddedServerRunning() {
        return Optional.ofNullable(postgres).map(EmbeddedPostgres::isRunning);
    }

    /** Detaches from the embedded database. */
    @Override
    public void close() {
        if (postgres != null) {
            postgres.close();
        }
    }
}
