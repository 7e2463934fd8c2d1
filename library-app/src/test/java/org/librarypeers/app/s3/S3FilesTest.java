package org.librarypeers.app.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.SequenceInputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.files.UnavailableFilesException;
import org.librarypeers.sync.contract.FileContract;
import org.librarypeers.sync.contract.TcpLine;
import org.librarypeers.sync.files.FileStore;
import org.librarypeers.sync.files.StoredFile;
import org.librarypeers.sync.storage.StorageException;
import org.librarypeers.sync.storage.StorageUnavailableException;
import software.amazon.awssdk.core.sync.RequestBody;

/** Tests of files in an object store, on a real S3 server. */
@Timeout(120)
class S3FilesTest extends FileContract {

    private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);
    private static final String SHA_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final String OBJECT = "some/files/ba/" + SHA_OF_ABC;
    private static final long TWO_PARTS_AND_A_BIT = 2 * S3Upload.PART_BYTES + 7;

    /** The sockets of a connection can buffer some MiB. */
    private static final long LARGER_THAN_BUFFERS = 40_000_000;

    @TempDir
    private static Path folder;

    private static ObjectStore store;

    @TempDir
    private Path home;

    private String bucket = "";
    private final List<S3Files> opened = new ArrayList<>();

    @BeforeAll
    static void startStore() {
        store = ObjectStore.start(folder);
    }

    @AfterAll
    static void stopStore() {
        store.close();
    }

    @AfterEach
    void closeFiles() {
        opened.forEach(S3Files::close);
    }

    @Override
    protected FileStore newStore() {
        bucket = store.newBucket();
        return open(store.settings(bucket, "some/files/"), Clock.systemUTC());
    }

    private S3Files open(S3Settings settings, Clock clock) {
        S3Files files = new S3Files(settings, S3FilesTest::tls, home.resolve("incoming"), clock);
        opened.add(files);
        return files;
    }

    private static SSLContext tls() {
        try {
            return SSLContext.getDefault();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private S3Files bucketFiles() {
        return (S3Files) files;
    }

    @Test
    void an_object_has_the_name_of_the_file_on_a_disk_and_nothing_else_is_left() throws IOException {
        put(files, ABC);

        assertThat(store.objects(bucket)).containsExactly(OBJECT);
        assertThat(localFiles()).isEmpty();
    }

    @Test
    void a_large_file_is_stored_in_parts_and_read_from_any_place() throws IOException {
        StoredFile stored = files.put(ObjectStore.noise(TWO_PARTS_AND_A_BIT, 1), TWO_PARTS_AND_A_BIT);

        assertThat(stored.sizeBytes()).isEqualTo(TWO_PARTS_AND_A_BIT);
        assertThat(files.find(stored.sha256())).contains(stored);
        try (InputStream all = files.open(stored, 0)) {
            assertThat(all).hasSameContentAs(ObjectStore.noise(TWO_PARTS_AND_A_BIT, 1));
        }
        try (InputStream expected = ObjectStore.noise(TWO_PARTS_AND_A_BIT, 1);
                InputStream part = files.open(stored, S3Upload.PART_BYTES - 2, 5)) {
            expected.skipNBytes(S3Upload.PART_BYTES - 2);
            assertThat(part.readAllBytes()).isEqualTo(expected.readNBytes(5));
        }
        assertThat(store.unfinished(bucket)).isEmpty();
        assertThat(localFiles()).isEmpty();
    }

    @Test
    void all_files_are_listed_and_nothing_else() throws IOException {
        StoredFile abc = put(files, ABC);
        StoredFile empty = put(files, new byte[0]);
        store.client().putObject(put -> put.bucket(bucket).key("some/files/ba/other"), RequestBody.fromString("x"));
        store.client().putObject(put -> put.bucket(bucket).key("ba/" + SHA_OF_ABC), RequestBody.fromString("abc"));

        List<StoredFile> all = new ArrayList<>();
        bucketFiles().forEach(all::add);

        assertThat(all).containsExactlyInAnyOrder(abc, empty);
    }

    @Test
    void a_deleted_file_is_gone() throws IOException {
        StoredFile abc = put(files, ABC);

        bucketFiles().delete(abc);
        bucketFiles().delete(abc);

        assertThat(files.find(SHA_OF_ABC)).isEmpty();
        assertThat(store.objects(bucket)).isEmpty();
    }

    @Test
    void a_truncated_object_is_repaired_by_the_next_upload() throws IOException {
        store.client().putObject(put -> put.bucket(bucket).key(OBJECT), RequestBody.fromString("a"));

        StoredFile stored = put(files, ABC);

        assertThat(files.find(SHA_OF_ABC)).contains(stored);
    }

    @Test
    void the_probe_leaves_nothing_behind() throws IOException {
        bucketFiles().probe();

        assertThat(store.objects(bucket)).isEmpty();
    }

    @Test
    void an_upload_that_is_cut_in_the_middle_leaves_nothing() throws IOException {
        CutLine line = CutLine.to(store.port());
        try (line) {
            S3Files remote = open(store.settings(bucket, "", line.port()), Clock.systemUTC());
            line.cutAfter(S3Upload.PART_BYTES + S3Upload.PART_BYTES / 2);

            assertThatExceptionOfType(UnavailableFilesException.class)
                    .isThrownBy(() -> remote.put(ObjectStore.noise(TWO_PARTS_AND_A_BIT, 2), TWO_PARTS_AND_A_BIT))
                    .withMessageContaining("files.s3.endpoint");

            assertThat(store.objects(bucket)).isEmpty();
            assertThat(localFiles()).isEmpty();
            // The store could not be told to remove the first part, because the line was cut.
            assertThat(store.unfinished(bucket)).hasSize(1);

            line.repair();
            remote.removeLeftovers();
            assertThat(store.unfinished(bucket)).isEmpty();

            StoredFile stored = remote.put(ObjectStore.noise(TWO_PARTS_AND_A_BIT, 2), TWO_PARTS_AND_A_BIT);
            try (InputStream all = remote.open(stored, 0)) {
                assertThat(all).hasSameContentAs(ObjectStore.noise(TWO_PARTS_AND_A_BIT, 2));
            }
        }
    }

    @Test
    void an_upload_whose_stream_fails_sends_nothing() {
        InputStream broken = new InputStream() {
            private final InputStream start = ObjectStore.noise(TWO_PARTS_AND_A_BIT, 3);

            @Override
            public int read() throws IOException {
                throw new IOException("unexpected");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int read = start.read(buffer, offset, length);
                if (read < 0) {
                    throw new IOException("connection reset");
                }
                return read;
            }
        };

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> files.put(broken, Long.MAX_VALUE))
                .withMessage("connection reset");

        assertThat(store.objects(bucket)).isEmpty();
        assertThat(store.unfinished(bucket)).isEmpty();
        assertThat(localFiles()).isEmpty();
    }

    @Test
    void what_a_killed_process_left_behind_is_removed_after_a_day() throws IOException {
        for (String key : List.of(OBJECT, "other/" + SHA_OF_ABC)) {
            store.client().createMultipartUpload(create -> create.bucket(bucket).key(key));
        }

        bucketFiles().removeLeftovers();
        assertThat(store.unfinished(bucket)).hasSize(2);

        open(store.settings(bucket, "some/files/"), Clock.offset(Clock.systemUTC(), Duration.ofHours(25)))
                .removeLeftovers();
        assertThat(store.unfinished(bucket)).containsExactly("other/" + SHA_OF_ABC);
    }

    @Test
    void a_download_goes_on_after_the_connection_was_lost() throws IOException {
        StoredFile stored = files.put(ObjectStore.noise(LARGER_THAN_BUFFERS, 4), LARGER_THAN_BUFFERS);
        try (CutLine line = CutLine.to(store.port())) {
            S3Files remote = open(store.settings(bucket, "some/files/", line.port()), Clock.systemUTC());
            try (InputStream all = remote.open(stored, 0)) {
                byte[] start = all.readNBytes(100_000);
                line.breakConnections();

                assertThat(new SequenceInputStream(new ByteArrayInputStream(start), all))
                        .hasSameContentAs(ObjectStore.noise(LARGER_THAN_BUFFERS, 4));
                assertThat(line.connections()).isGreaterThan(1);
            }
        }
    }

    @Test
    void a_download_that_cannot_go_on_fails_instead_of_ending_early() throws IOException {
        StoredFile stored = files.put(ObjectStore.noise(LARGER_THAN_BUFFERS, 5), LARGER_THAN_BUFFERS);
        try (CutLine line = CutLine.to(store.port())) {
            S3Files remote = open(store.settings(bucket, "some/files/", line.port()), Clock.systemUTC());
            try (InputStream all = remote.open(stored, 0)) {
                assertThat(all.readNBytes(100_000)).hasSize(100_000);
                line.cutAfter(0);
                line.breakConnections();

                assertThatExceptionOfType(UnavailableFilesException.class).isThrownBy(all::readAllBytes);
            }
        }
    }

    @Test
    void a_reader_who_stops_early_does_not_cause_the_rest_to_be_read() throws IOException {
        StoredFile stored = files.put(ObjectStore.noise(TWO_PARTS_AND_A_BIT, 6), TWO_PARTS_AND_A_BIT);
        try (CutLine line = CutLine.to(store.port())) {
            S3Files remote = open(store.settings(bucket, "some/files/", line.port()), Clock.systemUTC());
            try (InputStream all = remote.open(stored, 0)) {
                assertThat(all.read()).isNotNegative();
            }
            try (InputStream part = remote.open(stored, 5, 1_000)) {
                assertThat(part.readAllBytes()).hasSize(1_000);
            }

            assertThat(line.received()).isLessThan(TWO_PARTS_AND_A_BIT / 3);
        }
    }

    @Test
    void a_missing_bucket_is_not_reported_as_a_missing_file() {
        S3Files wrong = open(store.settings("no-such-bucket", ""), Clock.systemUTC());

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> wrong.find(SHA_OF_ABC))
                .withMessageContaining("no-such-bucket")
                .withMessageContaining("files.s3.bucket");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> put(wrong, ABC))
                .withMessageContaining("files.s3.bucket");
        assertThatExceptionOfType(IOException.class).isThrownBy(wrong::check).withMessageContaining("files.s3.bucket");
    }

    @Test
    void a_wrong_secret_is_reported_without_it() {
        String wrong = "this-is-not-the-secret";
        S3Settings settings = new S3Settings(
                bucket, URI.create("http://127.0.0.1:" + store.port()), "us-east-1", ObjectStore.KEY, wrong, "", true);
        S3Files refused = open(settings, Clock.systemUTC());

        for (Throwable failure : List.of(
                catchThrowable(refused::check),
                catchThrowable(refused::probe),
                catchThrowable(() -> refused.find(SHA_OF_ABC)),
                catchThrowable(() -> put(refused, ABC)))) {
            assertThat(failure).hasMessageContaining("files.s3.secret-key");
            assertThat(trace(failure)).doesNotContain(wrong).doesNotContain(ObjectStore.SECRET);
        }
        assertThat(settings.toString()).doesNotContain(wrong);
    }

    @Test
    void an_unreachable_store_is_reported_as_unavailable() {
        int closed = closedPort();
        S3Files unreachable = open(store.settings(bucket, "", closed), Clock.systemUTC());

        assertThatExceptionOfType(StorageUnavailableException.class)
                .isThrownBy(() -> unreachable.find(SHA_OF_ABC))
                .withMessageContaining("http://127.0.0.1:" + closed)
                .withMessageContaining("files.s3.endpoint");
        assertThatExceptionOfType(UnavailableFilesException.class).isThrownBy(() -> put(unreachable, ABC));
        assertThatExceptionOfType(UnavailableFilesException.class)
                .isThrownBy(
                        () -> unreachable.open(new StoredFile(SHA_OF_ABC, 3), 0).close());
        assertThat(localFiles()).isEmpty();
    }

    private static int closedPort() {
        try (TcpLine line = TcpLine.to(1)) {
            return line.port();
        }
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static StoredFile put(FileStore store, byte[] content) throws IOException {
        return store.put(new ByteArrayInputStream(content), content.length);
    }

    private List<Path> localFiles() {
        try (Stream<Path> all = Files.walk(home)) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
