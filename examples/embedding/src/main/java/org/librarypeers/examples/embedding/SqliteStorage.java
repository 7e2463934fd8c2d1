package org.librarypeers.examples.embedding;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Supplier;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.sync.storage.DecisionRepository;
import org.librarypeers.sync.storage.HarvestRepository;
import org.librarypeers.sync.storage.PeerRepository;
import org.librarypeers.sync.storage.ResourceRepository;
import org.librarypeers.sync.storage.ReviewQueue;
import org.librarypeers.sync.storage.SyncLogRepository;
import org.librarypeers.sync.storage.SyncStorage;

/** A storage in a SQLite database. One process at a time can use it, with any number of threads. */
public final class SqliteStorage implements SyncStorage, AutoCloseable {

    private final Database database;
    private final LibraryId id;
    private final ApiKeyCipher apiKeys;

    private SqliteStorage(Database database, ApiKeyCipher apiKeys) {
        this.database = database;
        this.apiKeys = apiKeys;
        this.id = database.inTransaction(() -> {
            database.update(
                    "insert into library select ? where not exists (select * from library)", LibraryId.random());
            return database.find(row -> LibraryId.of(row.getString("id")), "select id from library")
                    .orElseThrow();
        });
    }

    /**
     * Opens the storage in this file and creates it if it does not exist. The key that encrypts the API keys of peers is in
     * a second file with the extension {@code .key}. Do not keep that file where you keep copies of the database.
     *
     * @throws org.librarypeers.sync.storage.StorageUnavailableException if the database cannot be opened, for example
     *     because another process uses it
     */
    public static SqliteStorage open(Path file) {
        ApiKeyCipher apiKeys = ApiKeyCipher.withKeyIn(Path.of(file + ".key"));
        return new SqliteStorage(new Database(file, schema()), apiKeys);
    }

    private static String schema() {
        try (InputStream schema = Objects.requireNonNull(SqliteStorage.class.getResourceAsStream("schema.sql"))) {
            return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public LibraryId id() {
        return id;
    }

    @Override
    public ResourceRepository resources() {
        return new SqliteResources(database, id);
    }

    @Override
    public PeerRepository peers() {
        return new SqlitePeers(database, apiKeys);
    }

    @Override
    public SyncLogRepository syncLogs() {
        return new SqliteSyncLogs(database);
    }

    @Override
    public HarvestRepository harvest() {
        return new SqliteHarvest(database);
    }

    @Override
    public DecisionRepository decisions() {
        return new SqliteDecisions(database);
    }

    @Override
    public ReviewQueue reviewQueue() {
        return new SqliteReviewQueue(database);
    }

    @Override
    public <T> T inTransaction(Supplier<T> work) {
        return database.inTransaction(work);
    }

    @Override
    public void close() {
        database.close();
    }
}
