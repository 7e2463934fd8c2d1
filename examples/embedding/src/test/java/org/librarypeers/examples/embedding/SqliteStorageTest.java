package org.librarypeers.examples.embedding;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.sync.contract.SyncStorageContract;
import org.librarypeers.sync.storage.SyncStorage;

/** The contract of a storage, for the one on SQLite. */
final class SqliteStorageTest extends SyncStorageContract {

    @TempDir
    private Path directory;

    private SqliteStorage storage;

    @Override
    protected SyncStorage newStorage() {
        storage = SqliteStorage.open(directory.resolve("library.db"));
        return storage;
    }

    @AfterEach
    void close() {
        storage.close();
    }
}
