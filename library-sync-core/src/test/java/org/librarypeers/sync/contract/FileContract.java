package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.sync.port.FileStore;
import org.librarypeers.sync.port.FileTooLargeException;
import org.librarypeers.sync.port.StoredFile;

/** What {@link FileStore} promises. */
@Timeout(60)
public abstract class FileContract {

    private static final String OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private FileStore files;

    /** Makes an empty store. */
    protected abstract FileStore newStore() throws IOException;

    @BeforeEach
    void beginEmpty() throws IOException {
        files = newStore();
    }

    @Test
    void a_file_is_kept_under_the_hash_of_its_content() throws IOException {
        StoredFile stored = files.put(stream("abc"), 3);

        assertThat(stored).isEqualTo(new StoredFile(OF_ABC, 3));
        assertThat(files.find(OF_ABC)).contains(stored);
        assertThat(text(stored, 0)).isEqualTo("abc");
        assertThat(text(stored, 2)).isEqualTo("c");
        assertThat(text(stored, 3)).isEmpty();
    }

    @Test
    void a_large_and_an_empty_file_are_kept_whole() throws IOException {
        byte[] large = new byte[300_000];
        new Random(7).nextBytes(large);

        StoredFile stored = files.put(new ByteArrayInputStream(large), Long.MAX_VALUE);
        StoredFile empty = files.put(stream(""), 0);

        try (InputStream content = files.open(stored, 0)) {
            assertThat(content.readAllBytes()).isEqualTo(large);
        }
        assertThat(files.find(empty.sha256())).contains(new StoredFile(empty.sha256(), 0));
    }

    @Test
    void what_is_too_large_is_refused_and_not_kept() {
        assertThatThrownBy(() -> files.put(stream("abc"), 2))
                .isInstanceOf(FileTooLargeException.class)
                .hasMessage("file is larger than 2 bytes");

        assertThat(files.find(OF_ABC)).isEmpty();
    }

    @Test
    void what_breaks_off_is_not_kept() throws IOException {
        InputStream broken = new InputStream() {
            private int left = 3;

            @Override
            public int read() throws IOException {
                if (left == 0) {
                    throw new IOException("connection reset");
                }
                left--;
                return "cba".charAt(left);
            }
        };

        assertThatThrownBy(() -> files.put(broken, 100)).isInstanceOf(IOException.class);

        assertThat(files.find(OF_ABC)).isEmpty();
    }

    @Test
    void what_many_keep_at_once_is_kept_once() throws Exception {
        assertThat(new HashSet<>(StorageContract.atOnce(4, () -> files.put(stream("abc"), 3))))
                .containsExactly(new StoredFile(OF_ABC, 3));
        assertThat(text(files.find(OF_ABC).orElseThrow(), 0)).isEqualTo("abc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "abc", "../../etc/passwd", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"
            })
    void what_is_no_address_is_not_found(String address) throws IOException {
        files.put(stream("abc"), 3);

        assertThat(files.find(address)).isEmpty();
        assertThat(files.find(OF_ABC.replace('b', 'c'))).isEmpty();
    }

    private String text(StoredFile file, long from) throws IOException {
        try (InputStream content = files.open(file, from)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
