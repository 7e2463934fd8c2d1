package org.librarypeers.app.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.sync.contract.Await.await;

import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.config.Settings;
import org.librarypeers.app.files.MediaAddress;
import org.librarypeers.app.files.MediaKind;
import org.librarypeers.app.web.Chromium;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.sync.files.StoredFile;

/** Tests of a picture's way from a peer to a reader. */
@Timeout(180)
class PictureJourneyTest {

    /** The address at which the peer is reached. It passes requests on to the peer, and records them. */
    private static final class Front implements AutoCloseable {
        private final HttpClient http = HttpClient.newHttpClient();
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
        private final HttpServer server;
        private volatile String target = "";
        private volatile @Nullable CountDownLatch held;

        Front() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext("/", this::pass);
            server.start();
        }

        String address() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        private void pass(HttpExchange exchange) throws IOException {
            String path = exchange.getRequestURI().toString();
            requests.add(path);
            try {
                CountDownLatch latch = held;
                if (latch != null && path.startsWith("/media/")) {
                    latch.await();
                }
                HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(target + path));
                for (String name : List.of("Authorization", "Accept")) {
                    List<String> values = exchange.getRequestHeaders().getOrDefault(name, List.of());
                    values.forEach(value -> request.header(name, value));
                }
                HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
                response.headers()
                        .firstValue("Content-Type")
                        .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
                exchange.sendResponseHeaders(response.statusCode(), response.body().length);
                exchange.getResponseBody().write(response.body());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                exchange.close();
            }
        }

        @Override
        public void close() {
            server.stop(0);
            threads.shutdownNow();
        }
    }

    private Front front;
    private RunningLibrary maker;
    private RunningLibrary here;
    private Peer peer;
    private String image;

    @BeforeEach
    void start() throws IOException {
        front = new Front();
        maker = RunningLibrary.start(settings -> settings.with(Settings.BASE_URL, front.address()));
        front.target = maker.address();
        here = RunningLibrary.start("Library of the District Hospital");
        peer = Peer.builder()
                .id(here.library().storage().peers().nextId())
                .name("mPowering library")
                .host(PeerHost.of(front.address()))
                .credentials(RunningLibrary.READER.value(), maker.key(RunningLibrary.READER))
                .build();
        here.library().storage().peers().save(peer);
        StoredFile file =
                maker.library().files().put(new ByteArrayInputStream(SamplePictures.bytes("png", 900, 600)), 1_000_000);
        image = MediaAddress.path(MediaKind.RESOURCE_IMAGE, file, "well.png");
    }

    @AfterEach
    void stop() {
        here.close();
        maker.close();
        front.close();
    }

    private Guid publish(String title) {
        return maker.publish(
                        Guid.random(),
                        ResourceContent.titled(LocalizedText.of("en", title))
                                .description(LocalizedText.of(
                                        "en",
                                        "<p>How to repair it.</p><img src=\"" + image
                                                + "\" alt=\"The pump\" onerror=\"alert(1)\">"))
                                .image(image)
                                .build())
                .guid();
    }

    private SyncStatus sync() {
        SyncStatus status = here.library().sync().sync(peer).log().status();
        here.library().review().approveAll();
        return status;
    }

    private boolean isKept() {
        return here.texts("select id::text from picture where small_file is not null")
                        .size()
                == 1;
    }

    @Test
    @EnabledIf(
            value = "org.librarypeers.app.web.Chromium#isInstalled",
            disabledReason = "there is no Chromium on this machine")
    void a_readers_browser_shows_a_peers_picture_without_a_request_to_the_peer() {
        publish("Repairing a well");
        assertThat(sync()).isEqualTo(SyncStatus.SUCCEEDED);
        await("the picture is kept", this::isKept);
        assertThat(front.requests)
                .filteredOn(path -> path.startsWith("/media/"))
                .containsExactly(image);
        front.requests.clear();

        List<String> requested = new ArrayList<>();
        try (Chromium chromium = Chromium.start()) {
            Page page = chromium.visitor(here.address());
            page.onRequest(request -> requested.add(request.url()));
            for (String path : List.of("/", "/search?q=well", "/resource/repairing-a-well")) {
                page.navigate(path);
                // A function that the page evaluates would violate its content security policy.
                page.waitForCondition(
                        () -> Boolean.TRUE.equals(
                                page.evaluate(
                                        "[...document.querySelectorAll('main img')].length > 0"
                                                + " && [...document.querySelectorAll('main img')].every(each => each.complete && each.naturalWidth > 0)")));
                assertThat(page.locator("main img").first().getAttribute("src")).startsWith("/picture/");
            }
            assertThat(page.locator(".prose img[alt='The pump']").getAttribute("src"))
                    .startsWith("/picture/");
            assertThat(chromium.errors()).isEmpty();
        }

        assertThat(requested).isNotEmpty().allSatisfy(url -> assertThat(url).startsWith(here.address()));
        assertThat(front.requests).isEmpty();
    }

    @Test
    void the_address_of_the_original_stays_in_the_data_and_pages_permit_no_other_host() throws Exception {
        publish("Repairing a well");
        sync();
        await("the picture is kept", this::isKept);

        assertThat(here.texts("select image from resource")).containsExactly(front.address() + image);
        String list = here.get(
                        "/api/v1/resource/?full=true&format=json",
                        "Authorization",
                        here.authorization(RunningLibrary.READER))
                .body();
        assertThat(list).contains(front.address() + image).doesNotContain("/picture/");

        HttpResponse<String> page = here.get("/resource/repairing-a-well");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("img-src 'self' data:;");
        assertThat(page.body())
                .contains("<meta property=\"og:image\" content=\"" + here.address() + "/picture/")
                .doesNotContain(front.address() + "/media");
    }

    @Test
    void a_copy_is_served_so_that_a_browser_keeps_it_and_never_takes_it_for_anything_else() throws Exception {
        publish("Repairing a well");
        sync();
        await("the picture is kept", this::isKept);
        String file = here.texts("select small_file from picture").get(0);

        HttpResponse<String> copy = here.get("/picture/" + file + ".jpeg");

        assertThat(copy.statusCode()).isEqualTo(200);
        assertThat(copy.headers().map())
                .containsEntry("Content-Type", List.of("image/jpeg"))
                .containsEntry("Cache-Control", List.of("public, max-age=31536000, immutable"))
                .containsEntry("X-Content-Type-Options", List.of("nosniff"))
                .containsEntry("Content-Security-Policy", List.of("default-src 'none'; sandbox"));
        String etag = copy.headers().firstValue("ETag").orElseThrow();
        assertThat(here.get("/picture/" + file + ".jpeg", "If-None-Match", etag).statusCode())
                .isEqualTo(304);
        assertThat(here.get("/picture/" + "0".repeat(64) + ".jpeg").statusCode())
                .isEqualTo(404);
        assertThat(here.get("/picture/" + file).statusCode()).isEqualTo(404);
        StoredFile upload = here.library().files().put(new ByteArrayInputStream(new byte[200]), 1_000);
        assertThat(here.get("/picture/" + upload.sha256() + ".png").statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_picture_host_that_hangs_neither_fails_nor_holds_up_a_sync() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        front.held = latch;
        publish("Repairing a well");
        assertThat(sync()).isEqualTo(SyncStatus.SUCCEEDED);
        await("the picture is being fetched", () -> front.requests.contains(image));

        publish("Repairing a pump");
        assertThat(sync()).isEqualTo(SyncStatus.SUCCEEDED);

        assertThat(here.texts("select title ->> 'en' from resource order by id"))
                .containsExactly("Repairing a well", "Repairing a pump");
        assertThat(here.get("/resource/repairing-a-pump").body()).contains("[The pump]");
        assertThat(here.get("/").body()).contains("class=\"thumb k-page\"");
        assertThat(isKept()).isFalse();
        latch.countDown();
        await("the picture is kept", this::isKept);
    }
}
