package org.librarypeers.app.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.librarypeers.sync.contract.Await.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.sync.contract.FileContract;
import org.librarypeers.sync.files.FileStore;
import org.librarypeers.sync.files.FileTooLargeException;
import org.librarypeers.sync.files.StoredFile;
import org.librarypeers.sync.storage.StorageException;

class DiskFilesTest extends FileContract {

    private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);
    private static final String SHA_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path home;

    @Override
    protected FileStore newStore() {
        return new DiskFiles(directory(), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private Path directory() {
        return home.resolve("files");
    }

    private Path place() {
        return directory().resolve("ba").resolve(SHA_OF_ABC);
    }

    @Test
    void nothing_is_created_before_the_first_upload() {
        assertThat(files.find(SHA_OF_ABC)).isEmpty();

        assertThat(directory()).doesNotExist();
    }

    @Test
    void a_file_is_stored_under_the_first_two_digits_of_its_address_and_leaves_nothing_else() throws IOException {
        put(ABC);
        put(ABC);

        assertThat(regularFiles()).containsExactly(place());
        assertThat(place()).hasBinaryContent(ABC);
    }

    @Test
    void an_incomplete_file_cannot_be_found() throws IOException {
        InputStream watching = new ByteArrayInputStream(ABC) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                assertThat(directory().resolve("ba")).doesNotExist();
                assertThat(directory().resolve("incoming")).isNotEmptyDirectory();
                return super.read(buffer, offset, length);
            }
        };

        files.put(watching, 3);

        assertThat(regularFiles()).containsExactly(place());
    }

    @Test
    void an_upload_that_fails_leaves_nothing_behind() throws IOException {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        };

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> files.put(broken, 3));
        assertThatExceptionOfType(FileTooLargeException.class)
                .isThrownBy(() -> files.put(new ByteArrayInputStream(ABC), 2));

        assertThat(regularFiles()).isEmpty();
    }

    @Test
    void drafts_of_a_killed_process_are_removed_after_a_day() throws IOException {
        Path old = leftOver("old.part", Duration.ofHours(25));
        Path young = leftOver("young.part", Duration.ofHours(23));

        put(ABC);

        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    @Test
    void a_draft_that_cannot_be_removed_does_not_block_uploads() throws IOException {
        Path odd = leftOver("odd/inside", Duration.ofDays(2)).getParent();
        Files.setLastModifiedTime(odd, FileTime.from(NOW.minus(Duration.ofDays(2))));

        assertThat(put(ABC).sizeBytes()).isEqualTo(3);

        assertThat(odd).exists();
    }

    @Test
    void an_existing_file_is_not_replaced() throws IOException {
        put(ABC);
        FileTime stored = FileTime.from(NOW);
        Files.setLastModifiedTime(place(), stored);

        put(ABC);

        assertThat(Files.getLastModifiedTime(place())).isEqualTo(stored);
    }

    @Test
    void a_truncated_file_is_repaired_by_the_next_upload() throws IOException {
        StoredFile stored = put(ABC);
        Files.write(place(), new byte[1]);

        assertThat(put(ABC)).isEqualTo(stored);

        assertThat(place()).hasBinaryContent(ABC);
    }

    @Test
    void two_stores_can_store_the_same_content_simultaneously() throws Exception {
        byte[] content = new byte[500_000];
        CyclicBarrier afterReading = new CyclicBarrier(2);
        FileStore other = newStore();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<StoredFile> first = threads.submit(() -> putTogether(files, content, afterReading));
            Future<StoredFile> second = threads.submit(() -> putTogether(other, content, afterReading));

            assertThat(first.get()).isEqualTo(second.get());
            assertThat(regularFiles()).hasSize(1);
            assertThat(files.find(first.get().sha256())).contains(first.get());
        } finally {
            threads.shutdownNow();
        }
    }

    /** Stores the content. The barrier makes both stores read all of it before either finishes. */
    private static StoredFile putTogether(FileStore store, byte[] content, CyclicBarrier afterReading)
            throws IOException {
        InputStream last = new InputStream() {
            private boolean waited;

            @Override
            public int read() throws IOException {
                if (!waited) {
                    waited = true;
                    await(afterReading);
                }
                return -1;
            }
        };
        return store.put(new SequenceInputStream(new ByteArrayInputStream(content), last), content.length);
    }

    @Test
    void a_disk_error_is_not_reported_as_a_missing_file() throws IOException {
        Path folder = Files.createDirectories(directory().resolve("ba"));
        Path loop = folder.resolve(SHA_OF_ABC);
        Files.createSymbolicLink(loop, loop);

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> files.find(SHA_OF_ABC))
                .withMessageContaining("files");
    }

    private StoredFile put(byte[] content) throws IOException {
        return files.put(new ByteArrayInputStream(content), content.length);
    }

    private Path leftOver(String name, Duration age) throws IOException {
        Path file = directory().resolve("incoming").resolve(name);
        Files.createDirectories(file.getParent());
        Files.createFile(file);
        return Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
    }

    private List<Path> regularFiles() throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
