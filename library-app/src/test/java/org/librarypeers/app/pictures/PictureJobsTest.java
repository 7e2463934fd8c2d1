package org.librarypeers.app.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.config.OutgoingSettings;
import org.librarypeers.app.files.DiskFiles;
import org.librarypeers.app.outgoing.OutgoingRoute;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.contract.SettableClock;
import org.librarypeers.sync.files.StoredFile;
import org.librarypeers.sync.inmemory.InMemoryStorage;
import org.librarypeers.sync.pictures.FailingPicture;
import org.librarypeers.sync.pictures.PictureCopies;
import org.librarypeers.sync.pictures.PictureProblem;

/** Tests of when pictures are fetched, tried again and removed. */
@Timeout(60)
class PictureJobsTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final UserName AMINA = new UserName("amina");

    @TempDir
    private Path folder;

    private final InMemoryStorage storage = new InMemoryStorage();
    private final SettableClock clock = new SettableClock(NOON);
    private final List<String> received = new ArrayList<>();
    private HttpServer server;
    private volatile int status = 200;
    private DiskFiles files;
    private PictureJobs jobs;
    private String address;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] picture = SamplePictures.bytes("png", 40, 20);
        server.createContext("/", exchange -> {
            String condition = exchange.getRequestHeaders().getFirst("If-None-Match");
            received.add(exchange.getRequestURI() + " " + condition);
            exchange.getResponseHeaders().set("ETag", "\"1\"");
            boolean known = "\"1\"".equals(condition) && status == 200;
            exchange.sendResponseHeaders(known ? 304 : status, known || status != 200 ? -1 : picture.length);
            if (!known && status == 200) {
                exchange.getResponseBody().write(picture);
            }
            exchange.close();
        });
        server.start();
        address = "http://pictures.example:" + server.getAddress().getPort() + "/a.png";
        files = new DiskFiles(folder, clock);
        // The look-up says that the host is public, and the proxy of the test leads to it.
        PictureFetcher fetcher = new PictureFetcher(
                new OutgoingRoute(new OutgoingSettings(
                        new InetSocketAddress(
                                InetAddress.getLoopbackAddress(),
                                server.getAddress().getPort()),
                        null,
                        "",
                        List.of(),
                        List.of())),
                SSLContext.getDefault(),
                () -> "test library",
                1_000_000);
        jobs = new PictureJobs(
                storage.pictures(),
                fetcher,
                new PictureFiles(files, storage.formerAddresses()),
                new PictureSettings(true, 1_000_000, 1),
                clock);
    }

    @AfterEach
    void stop() {
        jobs.close();
        server.stop(0);
    }

    private Resource save(String image) {
        Resource made = Resource.create(
                Guid.random(),
                ResourceContent.titled(LocalizedText.of("en", "Water"))
                        .image(image)
                        .build(),
                AMINA,
                NOON);
        storage.resources().save(made);
        return storage.resources().find(made.guid()).orElseThrow();
    }

    private int fetchAll() {
        jobs.scan();
        int fetched = 0;
        while (jobs.fetchNext()) {
            fetched++;
        }
        return fetched;
    }

    private FailingPicture failing() {
        return storage.pictures().failing(Long.MAX_VALUE, 1).get(0);
    }

    @Test
    void a_kept_picture_is_asked_for_again_after_a_month_on_condition_that_it_has_changed() throws IOException {
        save(address);
        assertThat(fetchAll()).isEqualTo(1);
        PictureCopies copies = storage.pictures().find(List.of(address)).get(address);
        assertThat(List.of(copies.small().width(), copies.small().height())).containsExactly(40, 20);
        assertThat(fetchAll()).isZero();

        clock.set(NOON.plus(PictureJobs.REFRESH));
        assertThat(fetchAll()).isEqualTo(1);

        // Without the files, for example after a backup without them was restored, it is fetched as a whole.
        files.delete(files.find(copies.large().sha256()).orElseThrow());
        clock.set(NOON.plus(PictureJobs.REFRESH).plus(PictureJobs.REFRESH));
        assertThat(fetchAll()).isEqualTo(1);
        assertThat(files.find(copies.large().sha256())).isPresent();
        String line = address;
        assertThat(received).containsExactly(line + " null", line + " \"1\"", line + " null");
    }

    @Test
    void a_picture_is_tried_again_for_days_and_then_given_up() {
        status = 503;
        save(address);
        int attempts = fetchAll();
        Duration waited = Duration.ZERO;
        for (Duration wait : PictureJobs.WAITS) {
            assertThat(failing().due()).isEqualTo(clock.instant().plus(wait));
            clock.set(clock.instant().plus(wait));
            waited = waited.plus(wait);
            attempts += fetchAll();
        }

        assertThat(attempts).isEqualTo(PictureJobs.WAITS.size() + 1);
        assertThat(waited).isGreaterThan(Duration.ofDays(7));
        assertThat(failing())
                .extracting(FailingPicture::due, FailingPicture::problem, FailingPicture::detail)
                .containsExactly(null, PictureProblem.STATUS, "HTTP 503");
        clock.set(NOON.plus(Duration.ofDays(400)));
        assertThat(fetchAll()).isZero();

        status = 200;
        storage.pictures().retryAll(clock.instant());
        assertThat(fetchAll()).isEqualTo(1);
        assertThat(storage.pictures().find(List.of(address))).isNotEmpty();
    }

    @Test
    void a_failure_that_cannot_pass_is_given_up_at_once_and_an_earlier_copy_stays() {
        save("http://10.0.0.1/private.png");
        assertThat(fetchAll()).isEqualTo(1);
        assertThat(failing().due()).isNull();

        save(address);
        fetchAll();
        status = 404;
        clock.set(NOON.plus(PictureJobs.REFRESH));
        fetchAll();
        assertThat(failing().problem()).isEqualTo(PictureProblem.STATUS);
        assertThat(failing().shown()).isTrue();
        assertThat(storage.pictures().find(List.of(address))).isNotEmpty();
    }

    @Test
    void an_uploaded_picture_is_scaled_from_the_store() throws IOException {
        StoredFile upload = files.put(new ByteArrayInputStream(SamplePictures.bytes("jpeg", 2_000, 1_000)), 1_000_000);
        String own = "/media/resourceimage/" + upload.sha256() + "/well.jpg";
        save(own);
        save("/media/resourceimage/" + "0".repeat(64) + "/gone.jpg");

        assertThat(fetchAll()).isEqualTo(2);

        assertThat(storage.pictures().find(List.of(own)).get(own).large().width())
                .isEqualTo(1280);
        assertThat(failing().problem()).isEqualTo(PictureProblem.FILE_MISSING);
        assertThat(received).isEmpty();
    }

    @Test
    void a_picture_that_a_bundle_brought_is_used_if_its_host_does_not_send_it() throws IOException {
        StoredFile carried = files.put(new ByteArrayInputStream(SamplePictures.bytes("jpeg", 2_000, 1_000)), 1_000_000);
        String there = address.replace("/a.png", "/media/resourceimage/" + carried.sha256() + "/well.jpg");
        save(there);
        status = 503;

        assertThat(fetchAll()).isEqualTo(1);

        assertThat(received).hasSize(1);
        assertThat(storage.pictures().find(List.of(there)).get(there).large().width())
                .isEqualTo(1280);
        assertThat(storage.pictures().failing(Long.MAX_VALUE, 1)).isEmpty();
    }

    @Test
    void a_picture_that_no_resource_names_is_deleted_and_an_upload_with_the_same_content_stays() throws IOException {
        Resource resource = save(address);
        fetchAll();
        PictureCopies copies = storage.pictures().find(List.of(address)).get(address);
        byte[] shown;
        try (var in = new PictureFiles(files, storage.formerAddresses())
                .open(files.find(copies.large().sha256()).orElseThrow())) {
            shown = in.readAllBytes();
        }
        StoredFile upload = files.put(new ByteArrayInputStream(shown), 100_000);
        assertThat(new String(shown, 0, 3, StandardCharsets.ISO_8859_1)).isEqualTo("\u00ff\u00d8\u00ff");

        storage.resources()
                .save(resource.edit(resource.content().toBuilder().image(null).build(), AMINA, NOON));
        fetchAll();
        jobs.cleanUp();

        assertThat(storage.pictures().find(List.of(address))).isEmpty();
        assertThat(files.find(copies.large().sha256())).isEmpty();
        assertThat(files.find(upload.sha256())).isPresent();
    }

    @Test
    void pictures_inside_a_description_are_named_by_their_complete_addresses() {
        ResourceContent content = ResourceContent.titled(LocalizedText.of("en", "Water"))
                .description(LocalizedText.of(
                                "en",
                                "<img src='/a.png'><img src='HTTPS://other.example/b.png'><img src='data:image/png;base64,AA'>"
                                        + "<img src='javascript:alert(1)'><img>")
                        .with("es", "<img src='c.png'>"))
                .build();

        assertThat(NamedPictures.of(content, "https://peer.example/resource/1"))
                .containsExactly(
                        "https://peer.example/a.png",
                        "HTTPS://other.example/b.png",
                        "https://peer.example/resource/c.png");
        assertThat(NamedPictures.of(content, "")).containsExactly("HTTPS://other.example/b.png");
    }
}
