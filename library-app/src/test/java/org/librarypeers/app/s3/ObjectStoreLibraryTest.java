package org.librarypeers.app.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.sync.contract.Await.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.config.Settings;
import org.librarypeers.app.files.DiskFiles;
import org.librarypeers.app.files.MediaAddress;
import org.librarypeers.app.files.MediaKind;
import org.librarypeers.sync.files.StoredFile;

/** Tests of a running library whose uploaded files are in an object store. */
@Timeout(120)
class ObjectStoreLibraryTest {

    private static final String DIGITS = "0123456789";

    @TempDir
    private static Path folder;

    private static ObjectStore store;
    private static String bucket;
    private static CutLine line;
    private static RunningLibrary running;
    private static String address;

    @BeforeAll
    static void start() throws IOException {
        store = ObjectStore.start(folder);
        bucket = store.newBucket();
        line = CutLine.to(store.port());
        running = RunningLibrary.start(
                settings -> store.naming(bucket, line.port()).apply(settings).with(Settings.FILES_STORE, "s3"));
        address = MediaAddress.path(MediaKind.RESOURCE, put(DIGITS), "digits.txt");
    }

    @AfterAll
    static void stop() {
        running.close();
        line.close();
        store.close();
    }

    private static StoredFile put(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return running.library().files().put(new ByteArrayInputStream(bytes), bytes.length);
    }

    @Test
    void a_file_is_served_in_whole_and_in_part() throws Exception {
        HttpResponse<String> whole = running.get(address);
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(DIGITS);
        assertThat(whole.headers().firstValue("Content-Length")).contains("10");

        for (String[] each : new String[][] {
            {"bytes=2-4", "234", "bytes 2-4/10"}, {"bytes=7-", "789", "bytes 7-9/10"}, {"bytes=-1", "9", "bytes 9-9/10"}
        }) {
            HttpResponse<String> part = running.get(address, "Range", each[0]);
            assertThat(part.statusCode()).isEqualTo(206);
            assertThat(part.body()).isEqualTo(each[1]);
            assertThat(part.headers().firstValue("Content-Range")).contains(each[2]);
        }
        assertThat(running.get(address, "Range", "bytes=10-").statusCode()).isEqualTo(416);
        assertThat(running.send("HEAD", address).headers().firstValue("Content-Length"))
                .contains("10");
        assertThat(running.get(address.replace("/0", "/1").replaceAll("[0-9a-f]{64}", "0".repeat(64)))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_range_in_a_large_file_moves_only_that_range() throws Exception {
        long size = 40L * 1024 * 1024;
        StoredFile large = running.library().files().put(ObjectStore.noise(size, 8), size);
        String path = MediaAddress.path(MediaKind.RESOURCE, large, "video.mp4");
        long before = line.received();

        HttpResponse<String> part = running.get(path, "Range", "bytes=30000000-30000009");

        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.headers().firstValue("Content-Length")).contains("10");
        assertThat(line.received() - before).isLessThan(20_000);
    }

    @Test
    void a_file_that_is_still_on_the_disk_is_served_too() throws Exception {
        byte[] text = "still on the disk".getBytes(StandardCharsets.US_ASCII);
        DiskFiles disk = new DiskFiles(running.home().resolve("files"), Clock.systemUTC());
        StoredFile file = disk.put(new ByteArrayInputStream(text), text.length);

        HttpResponse<String> answer = running.get(MediaAddress.path(MediaKind.RESOURCE, file, "a.txt"));

        assertThat(answer.body()).isEqualTo("still on the disk");
        assertThat(store.objects(bucket)).noneMatch(name -> name.endsWith(file.sha256()));
        Files.delete(running.home().resolve("files/" + file.sha256().substring(0, 2) + "/" + file.sha256()));
    }

    @Test
    void without_the_store_files_answer_503_and_everything_else_works() throws Exception {
        assertThat(running.get("/health/ready").body()).contains("\"files\":{\"status\":\"ok\"}");
        line.cutAfter(0);
        line.breakConnections();
        try {
            HttpResponse<String> file = running.get(address);
            assertThat(file.statusCode()).isEqualTo(503);
            assertThat(file.headers().firstValue("Retry-After")).isPresent();
            assertThat(running.get("/").statusCode()).isEqualTo(200);
            await("health reports the store", () -> ready().contains("\"files\":{\"status\":\"failing\""));
            assertThat(running.get("/health/ready").statusCode()).isEqualTo(200);
            assertThat(running.get("/health").statusCode()).isEqualTo(503);
            assertThat(running.get("/health").body()).doesNotContain(bucket, "127.0.0.1");
        } finally {
            line.repair();
        }
        assertThat(running.get(address).body()).isEqualTo(DIGITS);
        await("the store is well again", () -> ready().contains("\"files\":{\"status\":\"ok\"}"));
    }

    private static String ready() {
        try {
            return running.get("/health/ready").body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
