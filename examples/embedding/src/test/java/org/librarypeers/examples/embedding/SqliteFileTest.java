package org.librarypeers.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.storage.StorageUnavailableException;

/** Tests of the database file, which the contract does not know. */
final class SqliteFileTest {

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = directory.resolve("library.db");
    }

    @Test
    void a_storage_that_is_opened_again_has_everything_but_the_leases() {
        Resource resource = Samples.local("Kept");
        LibraryId id;
        Peer peer;
        try (SqliteStorage storage = SqliteStorage.open(file)) {
            id = storage.id();
            peer = Samples.peer(storage.peers().nextId(), "https://a.example.org");
            storage.peers().save(peer);
            storage.resources().save(resource);
            assertThat(storage.harvest().claim(peer.id())).isPresent();
        }

        try (SqliteStorage storage = SqliteStorage.open(file)) {
            assertThat(storage.id()).isEqualTo(id);
            assertThat(storage.peers().all()).containsExactly(peer);
            assertThat(storage.resources().find(resource.guid())).isPresent();
            assertThat(storage.harvest().claim(peer.id())).isPresent();
        }
    }

    @Test
    void a_storage_in_use_cannot_be_opened_again() {
        try (SqliteStorage storage = SqliteStorage.open(file)) {
            assertThat(storage.peers().all()).isEmpty();
            assertThatThrownBy(() -> SqliteStorage.open(file)).isInstanceOf(StorageUnavailableException.class);
        }
    }

    @Test
    void no_file_contains_an_api_key_in_plain_text() throws IOException {
        try (SqliteStorage storage = SqliteStorage.open(file)) {
            Peer peer = Samples.peer(storage.peers().nextId(), "https://a.example.org");
            storage.peers().save(peer);

            assertThat(peer.apiKey()).isNotNull();
            for (Path each : files()) {
                assertThat(Files.readString(each, StandardCharsets.ISO_8859_1))
                        .doesNotContain(peer.apiKey().secret());
            }
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
