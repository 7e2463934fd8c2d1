package org.librarypeers.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.librarypeers.sync.contract.LibraryStorageContract;
import org.librarypeers.sync.contract.Proxies;
import org.librarypeers.sync.library.Freshness;
import org.librarypeers.sync.library.LibraryStorage;

/** Runs the contracts with a catalogue and a vocabulary that are read from a replica, in read-only transactions. */
class ReplicaReadsContractTest extends LibraryStorageContract {

    private static TestDatabase database;
    private static JpaStorage storage;

    @BeforeAll
    static void open() {
        database = TestDatabase.create();
        storage = JpaStorage.builder()
                .database(database.url(), TestDatabase.USER, TestDatabase.PASSWORD)
                .replica(database.url(), Duration.ofSeconds(60))
                .secretKey(TestDatabase.KEY)
                .build();
        storage.migrate();
    }

    @AfterAll
    static void close() {
        assertThat(storage.replica().orElseThrow().answered()).isGreaterThan(500);
        storage.close();
        database.pool().close();
    }

    @Override
    protected LibraryStorage newStorage() {
        database.empty();
        assertThat(storage.examineReplica(Duration.ZERO).orElseThrow().trouble())
                .isNull();
        return Proxies.around(LibraryStorage.class, storage, (method, port) -> switch (method.getName()) {
            case "catalogue" -> storage.reading(Freshness.CURRENT).catalogue();
            case "tags" -> storage.reading(Freshness.CURRENT).tags();
            default -> port.get();
        });
    }
}
