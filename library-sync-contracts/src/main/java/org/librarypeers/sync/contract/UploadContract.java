package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.files.UploadRepository.Upload;

/** Contract tests of {@link org.librarypeers.sync.files.UploadRepository}. */
@Timeout(60)
abstract class UploadContract extends LibraryContract {

    private static final String NAME = "Plan d\u2019action \ud83d\ude00.pdf";

    @BeforeEach
    void addAccounts() {
        storage.accounts().add(new Account(Samples.AMINA, null, Role.MEMBER), "hash", new ApiKey("key"));
    }

    private Upload keep(byte[] bytes) throws IOException {
        return storage.uploads().keep(Samples.AMINA, NAME, new ByteArrayInputStream(bytes), Samples.NOON);
    }

    private byte[] read(Upload upload) throws IOException {
        try (InputStream bytes = storage.uploads().open(upload)) {
            return bytes.readAllBytes();
        }
    }

    @Test
    void an_upload_is_found_by_its_owner_and_by_nobody_else() throws IOException {
        Upload upload = keep(new byte[] {1, 2, 3});

        assertThat(upload.name()).isEqualTo(NAME);
        assertThat(upload.sizeBytes()).isEqualTo(3);
        assertThat(upload.at()).isEqualTo(Samples.NOON);
        assertThat(storage.uploads().find(upload.id(), Samples.AMINA)).contains(upload);
        assertThat(storage.uploads().find(upload.id(), new UserName("other"))).isEmpty();
        assertThat(storage.uploads().find(UUID.randomUUID(), Samples.AMINA)).isEmpty();
    }

    @Test
    void an_upload_of_any_size_is_read_back_unchanged() throws IOException {
        for (int size : new int[] {0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3 << 20}) {
            byte[] bytes = new byte[size];
            new Random(size).nextBytes(bytes);

            Upload upload = keep(bytes);

            assertThat(upload.sizeBytes()).isEqualTo(size);
            assertThat(read(upload)).isEqualTo(bytes);
        }
    }

    @Test
    void the_same_file_sent_twice_is_two_uploads() throws IOException {
        Upload one = keep(new byte[] {1});
        Upload two = keep(new byte[] {1});

        storage.uploads().remove(one);
        storage.uploads().remove(one);

        assertThat(storage.uploads().find(one.id(), Samples.AMINA)).isEmpty();
        assertThat(read(two)).containsExactly(1);
        assertThatThrownBy(() -> read(one)).isInstanceOf(IOException.class);
    }

    @Test
    void nothing_is_stored_of_a_stream_that_fails() {
        InputStream broken = new SequenceInputStream(new ByteArrayInputStream(new byte[2 << 20]), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("broken");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return read();
            }
        });

        assertThatThrownBy(() -> storage.uploads().keep(Samples.AMINA, NAME, broken, Samples.NOON))
                .isInstanceOf(IOException.class)
                .hasMessage("broken");
    }

    @Test
    void old_uploads_are_removed() throws IOException {
        Upload old = keep(new byte[] {1});
        Upload young =
                storage.uploads().keep(Samples.AMINA, NAME, InputStream.nullInputStream(), Samples.NOON.plusSeconds(1));

        storage.uploads().removeOlderThan(Samples.NOON.plusSeconds(1));

        assertThat(storage.uploads().find(old.id(), Samples.AMINA)).isEmpty();
        assertThat(storage.uploads().find(young.id(), Samples.AMINA)).contains(young);
    }
}
