package org.librarypeers.app.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.files.DiskFiles;
import org.librarypeers.app.files.FallbackFiles;
import org.librarypeers.app.files.FileMove;
import org.librarypeers.app.files.ManagedFiles;
import org.librarypeers.app.files.UnavailableFilesException;
import org.librarypeers.sync.files.StoredFile;
import software.amazon.awssdk.core.sync.RequestBody;

/** Tests of moving files between a directory and a bucket. */
@Timeout(120)
class FileMoveTest {

    private static final FileMove.Listener NOBODY = (step, files, bytes) -> {};

    @TempDir
    private static Path folder;

    private static ObjectStore store;

    @TempDir
    private Path home;

    private String bucket = "";
    private DiskFiles disk;
    private S3Files objects;

    @BeforeAll
    static void startStore() {
        store = ObjectStore.start(folder);
    }

    @AfterAll
    static void stopStore() {
        store.close();
    }

    @BeforeEach
    void create() {
        bucket = store.newBucket();
        disk = new DiskFiles(home.resolve("files"), Clock.systemUTC());
        objects = s3(store.port());
    }

    @AfterEach
    void close() {
        objects.close();
    }

    private S3Files s3(int through) {
        return new S3Files(
                store.settings(bucket, "", through),
                () -> {
                    try {
                        return SSLContext.getDefault();
                    } catch (GeneralSecurityException e) {
                        throw new IllegalStateException(e);
                    }
                },
                home.resolve("files/incoming"),
                Clock.systemUTC());
    }

    private static StoredFile put(ManagedFiles files, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            return files.put(new ByteArrayInputStream(bytes), bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<StoredFile> all(ManagedFiles files) throws IOException {
        List<StoredFile> all = new ArrayList<>();
        files.forEach(all::add);
        return all;
    }

    private static String text(ManagedFiles files, StoredFile file) throws IOException {
        try (InputStream in = files.open(file, 0)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Path place(StoredFile file) {
        return home.resolve("files").resolve(file.sha256().substring(0, 2)).resolve(file.sha256());
    }

    @Test
    void all_files_are_copied_and_stay_until_they_are_deleted() throws IOException {
        List<StoredFile> files = List.of(put(disk, "one"), put(disk, "two"), put(disk, ""));
        put(objects, "one");
        FileMove move = new FileMove(disk, objects, NOBODY);

        move.copy();

        assertThat(all(objects)).containsExactlyInAnyOrderElementsOf(files);
        assertThat(all(disk)).containsExactlyInAnyOrderElementsOf(files);
        assertThat(move.result()).isEqualTo(new FileMove.Result(3, 6, 2, 3, 0, List.of()));

        move.deleteCopied();

        assertThat(all(disk)).isEmpty();
        assertThat(move.result().deleted()).isEqualTo(3);
        assertThat(text(objects, files.get(1))).isEqualTo("two");
    }

    @Test
    void files_move_back_to_the_disk() throws IOException {
        StoredFile file = put(objects, "one");
        FileMove move = new FileMove(objects, disk, NOBODY);

        move.copy();
        move.deleteCopied();

        assertThat(text(disk, file)).isEqualTo("one");
        assertThat(store.objects(bucket)).isEmpty();
    }

    @Test
    void a_move_that_was_interrupted_goes_on_where_it_was() throws IOException {
        for (int i = 0; i < 20; i++) {
            put(disk, "file " + i);
        }
        try (CutLine line = CutLine.to(store.port());
                S3Files remote = s3(line.port())) {
            FileMove first = new FileMove(disk, remote, (step, files, bytes) -> {
                if (files == 12) {
                    line.cutAfter(0);
                    line.breakConnections();
                }
            });
            assertThatExceptionOfType(UnavailableFilesException.class).isThrownBy(first::copy);
            assertThat(first.result().copied()).isEqualTo(12);
            assertThat(store.objects(bucket)).hasSize(12);
        }

        FileMove second = new FileMove(disk, objects, NOBODY);
        second.copy();

        assertThat(second.result().files()).isEqualTo(20);
        assertThat(second.result().copied()).isEqualTo(8);
        assertThat(all(objects)).containsExactlyInAnyOrderElementsOf(all(disk));
    }

    @Test
    void a_damaged_file_is_neither_copied_nor_deleted_and_neither_are_the_others() throws IOException {
        StoredFile good = put(disk, "good");
        StoredFile damaged = put(disk, "some");
        Files.writeString(place(damaged), "same");
        FileMove move = new FileMove(disk, objects, NOBODY);

        move.copy();
        move.deleteCopied();

        assertThat(all(objects)).containsExactly(good);
        assertThat(all(disk)).containsExactlyInAnyOrder(good, damaged);
        assertThat(move.result().damaged()).containsExactly(new FileMove.Damage(damaged.sha256(), disk.toString()));
    }

    @Test
    void a_damaged_copy_prevents_that_anything_is_deleted() throws IOException {
        StoredFile file = put(disk, "some");
        put(disk, "other");
        String key = file.sha256().substring(0, 2) + "/" + file.sha256();
        store.client().putObject(put -> put.bucket(bucket).key(key), RequestBody.fromString("same"));
        FileMove move = new FileMove(disk, objects, NOBODY);

        move.copy();
        move.deleteCopied();

        assertThat(all(disk)).hasSize(2);
        assertThat(move.result().damaged()).containsExactly(new FileMove.Damage(file.sha256(), objects.toString()));
        assertThat(move.result().deleted()).isZero();
    }

    @Test
    void a_file_that_is_uploaded_during_the_deletion_stays() throws IOException {
        put(disk, "one");
        StoredFile[] late = new StoredFile[1];
        FileMove move = new FileMove(disk, objects, (step, files, bytes) -> {
            if (step == FileMove.Step.VERIFYING) {
                late[0] = put(disk, "late");
            }
        });

        move.copy();
        move.deleteCopied();

        assertThat(all(disk)).containsExactly(late[0]);
    }

    @Test
    void a_library_finds_the_files_of_both_stores_during_a_move() throws IOException {
        StoredFile here = put(disk, "here");
        StoredFile both = put(disk, "both");
        put(objects, "both");
        FallbackFiles files = new FallbackFiles(objects, disk);

        StoredFile fresh = put(files, "new");

        assertThat(all(objects)).containsExactlyInAnyOrder(both, fresh);
        assertThat(all(files)).containsExactlyInAnyOrder(here, both, fresh);
        assertThat(files.find(here.sha256())).contains(here);
        assertThat(text(files, here)).isEqualTo("here");
        assertThat(text(files, both)).isEqualTo("both");
        try (InputStream part = files.open(here, 1, 2)) {
            assertThat(part.readAllBytes()).isEqualTo("er".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(files.find("0".repeat(64))).isEmpty();
    }
}
