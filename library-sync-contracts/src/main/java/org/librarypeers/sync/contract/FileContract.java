package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.sync.files.FileStore;
import org.librarypeers.sync.files.FileTooLargeException;
import org.librarypeers.sync.files.StoredFile;

/** Contract tests of {@link FileStore}. */
@Timeout(60)
public abstract class FileContract implements Contract {

    private static final String SHA_OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final String SHA_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);

    /** Content that is larger than any buffer, with a size that is not a multiple of any buffer size. */
    private static final byte[] BIG = new byte[1_000_003];

    static {
        new Random(7).nextBytes(BIG);
    }

    /** The store under test, empty at the start of each test. */
    protected FileStore files;

    /** Creates an empty store. */
    protected abstract FileStore newStore();

    @Override
    public Object adapter() {
        return files;
    }

    @BeforeEach
    void createStore() {
        files = newStore();
    }

    @Test
    void a_file_is_found_by_the_hash_of_its_content() throws IOException {
        assertThat(files.find(SHA_OF_ABC)).isEmpty();

        StoredFile stored = put(ABC);

        assertThat(stored).isEqualTo(new StoredFile(SHA_OF_ABC, 3));
        assertThat(files.find(SHA_OF_ABC)).contains(stored);
        assertThat(read(stored, 0)).isEqualTo(ABC);
    }

    @Test
    void a_big_file_is_read_back_as_it_was() throws IOException {
        StoredFile stored = put(BIG);

        assertThat(stored.sizeBytes()).isEqualTo(BIG.length);
        assertThat(read(stored, 0)).isEqualTo(BIG);
    }

    @Test
    void a_file_may_be_empty() throws IOException {
        StoredFile stored = files.put(InputStream.nullInputStream(), 0);

        assertThat(stored).isEqualTo(new StoredFile(SHA_OF_NOTHING, 0));
        assertThat(files.find(SHA_OF_NOTHING)).contains(stored);
        assertThat(read(stored, 0)).isEmpty();
    }

    @Test
    void the_same_content_is_the_same_file() throws IOException {
        StoredFile first = put(ABC);
        StoredFile other = put(BIG);
        StoredFile second = put(ABC);

        assertThat(second).isEqualTo(first).isNotEqualTo(other);
        assertThat(read(second, 0)).isEqualTo(ABC);
    }

    @Test
    void a_file_may_have_the_maximum_size_and_not_one_byte_more() throws IOException {
        assertThatExceptionOfType(FileTooLargeException.class)
                .isThrownBy(() -> files.put(new ByteArrayInputStream(ABC), 2))
                .withMessageContaining("2 bytes")
                .satisfies(e -> assertThat(e.maxBytes()).isEqualTo(2));
        assertThat(files.find(SHA_OF_ABC)).isEmpty();

        assertThat(files.put(new ByteArrayInputStream(ABC), 3).sizeBytes()).isEqualTo(3);
        assertThat(files.put(new ByteArrayInputStream(ABC), Long.MAX_VALUE).sizeBytes())
                .isEqualTo(3);
    }

    @Test
    @SuppressWarnings("InputStreamSlowMultibyteRead")
    void an_endless_stream_is_read_to_one_byte_past_the_limit() {
        AtomicLong read = new AtomicLong();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                read.incrementAndGet();
                return 0;
            }
        };

        assertThatExceptionOfType(FileTooLargeException.class).isThrownBy(() -> files.put(endless, 300_000));

        assertThat(read).hasValue(300_001);
    }

    @Test
    @SuppressWarnings("InputStreamSlowMultibyteRead")
    void nothing_is_stored_of_a_stream_that_fails() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        };

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> files.put(new SequenceInputStream(new ByteArrayInputStream(ABC), broken), 100))
                .withMessage("connection reset");

        assertThat(files.find(SHA_OF_ABC)).isEmpty();
    }

    @Test
    void the_stream_is_not_closed() throws IOException {
        InputStream stream = new ByteArrayInputStream(ABC) {
            @Override
            public void close() {
                throw new IllegalStateException("closed");
            }
        };

        assertThat(files.put(stream, 3).sha256()).isEqualTo(SHA_OF_ABC);
    }

    @Test
    void a_negative_limit_is_rejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> files.put(InputStream.nullInputStream(), -1))
                .withMessageContaining("-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "../../secret.key",
                "..\\..\\secret.key",
                "/etc/passwd",
                "nul\0byte",
                "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad0",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n",
                " ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                "ba/7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a",
                "٣٣7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
            })
    void a_text_that_is_not_an_address_is_not_found(String text) throws IOException {
        put(ABC);

        assertThat(files.find(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8_192, 999_999, 1_000_002, 1_000_003})
    void a_file_is_read_from_any_offset(int from) throws IOException {
        StoredFile stored = put(BIG);

        assertThat(read(stored, from)).isEqualTo(Arrays.copyOfRange(BIG, from, BIG.length));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 4, Long.MAX_VALUE})
    void an_offset_outside_the_file_is_rejected(long from) throws IOException {
        StoredFile stored = put(ABC);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(stored, from))
                .withMessageContaining(Long.toString(from));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 1", "0, 1000003", "1, 8192", "999999, 4", "1000003, 0"})
    void a_part_of_a_file_is_read(int from, int length) throws IOException {
        StoredFile stored = put(BIG);

        try (InputStream part = files.open(stored, from, length)) {
            assertThat(part.readAllBytes()).isEqualTo(Arrays.copyOfRange(BIG, from, from + length));
            assertThat(part.read()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "0, 4", "3, 1", "4, 0", "1, -1", "1, 9223372036854775807"})
    void a_part_outside_the_file_is_rejected(long from, long length) throws IOException {
        StoredFile stored = put(ABC);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> files.open(stored, from, length).close())
                .withMessageContaining(Long.toString(from));
    }

    @Test
    void a_reader_may_stop_before_the_end() throws IOException {
        StoredFile stored = put(BIG);

        for (int i = 0; i < 20; i++) {
            try (InputStream stream = files.open(stored, i)) {
                assertThat(stream.readNBytes(100)).isEqualTo(Arrays.copyOfRange(BIG, i, i + 100));
            }
        }
    }

    @Test
    void an_unknown_file_cannot_be_opened() {
        StoredFile unknown = new StoredFile(SHA_OF_ABC, 3);

        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> read(unknown, 0));
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> read(unknown, 3));
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> files.open(unknown, 1, 2).close());
    }

    @Test
    void two_readers_do_not_affect_each_other() throws IOException {
        StoredFile stored = put(ABC);

        try (InputStream one = files.open(stored, 0);
                InputStream other = files.open(stored, 1)) {
            assertThat(one.read()).isEqualTo('a');
            assertThat(other.read()).isEqualTo('b');
            assertThat(put(ABC)).isEqualTo(stored);
            assertThat(one.read()).isEqualTo('b');
            assertThat(other.read()).isEqualTo('c');
            assertThat(other.read()).isEqualTo(-1);
        }
    }

    @Test
    void many_threads_may_store_the_same_content_concurrently() throws Exception {
        StoredFile stored = StorageContract.atOnce(8, () -> put(BIG)).stream()
                .reduce((one, other) -> {
                    assertThat(one).isEqualTo(other);
                    return one;
                })
                .orElseThrow();

        assertThat(files.find(stored.sha256())).contains(stored);
        assertThat(read(stored, 0)).isEqualTo(BIG);
    }

    private StoredFile put(byte[] content) throws IOException {
        return files.put(new ByteArrayInputStream(content), BIG.length);
    }

    private byte[] read(StoredFile file, long from) throws IOException {
        try (InputStream stream = files.open(file, from)) {
            return stream.readAllBytes();
        }
    }
}
