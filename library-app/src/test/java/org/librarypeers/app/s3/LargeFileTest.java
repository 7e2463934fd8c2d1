package org.librarypeers.app.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.AppProcess;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A test that a file of 2 GB passes through a server with a small heap into an object store and back. It needs 9 GB of disk space for
 * some minutes. The size can be set with {@code -Dlarge.bytes}.
 */
@Tag("servers")
@Timeout(1_800)
class LargeFileTest {

    private static final long BYTES = Long.getLong("large.bytes", 2_000_000_000L);
    private static final UserName ASHA = new UserName("asha");
    private static final String BOUNDARY = "3cf6fd9ab1d84f6c9c2cd4f0b5fd0c1a";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final double MIB = 1024.0 * 1024;

    @TempDir
    private Path folder;

    /** A content that was read: its size, its hash and the time. */
    private record Content(long bytes, String sha256, double seconds) {}

    @Test
    void a_large_file_is_never_in_memory() throws Exception {
        try (ObjectStore store = ObjectStore.start(folder);
                RunningLibrary database = RunningLibrary.start()) {
            String bucket = store.newBucket();
            String resource = resource(database);
            Path home = home(database, store, bucket);
            try (AppProcess serving = AppProcess.start(
                    folder,
                    List.of(
                            "-Xmx96m",
                            "-XX:TieredStopAtLevel=4",
                            "-Djava.io.tmpdir=" + Files.createDirectory(folder.resolve("tmp"))),
                    builder -> builder.environment().putAll(database.environment()),
                    "serve",
                    "--no-schedule",
                    "--home=" + home)) {
                serving.await("the library serves", () -> serving.out().contains("Serving at"));
                String address = serving.out().replaceFirst("(?s)Serving at (\\S+) .*", "$1");
                String authorization = database.authorization(ASHA);
                report("started", 0, 0, serving);

                long start = System.nanoTime();
                assertThat(upload(address, authorization, resource)).isEqualTo(201);
                report("upload", BYTES, seconds(start), serving);
                String file = link(address, authorization, resource);

                Content expected = read(ObjectStore.noise(BYTES, 9));
                Content served = download(file);
                report("download", served.bytes(), served.seconds(), serving);

                assertThat(served.bytes()).isEqualTo(BYTES);
                assertThat(served.sha256()).isEqualTo(expected.sha256());
                assertThat(file).contains(expected.sha256());
                assertThat(store.objects(bucket)).singleElement().asString().endsWith(expected.sha256());
                assertThat(store.unfinished(bucket)).isEmpty();
                assertThat(range(file, BYTES - 5)).isEqualTo(tail());
                assertThat(Files.list(home.resolve("files/incoming"))).isEmpty();
                assertThat(serving.err()).doesNotContain("OutOfMemoryError", ObjectStore.SECRET);
            }
        }
    }

    private static String resource(RunningLibrary database) throws Exception {
        database.library().accounts().create(ASHA, Role.CONTRIBUTOR, null, "a long password");
        assertThat(database.library().accounts().allowWriting(ASHA, true)).isPresent();
        HttpResponse<String> made = database.sendJson(
                "POST", "/api/v1/resource/", "{\"title\": \"Large\", \"description\": \"A film\"}", ASHA);
        return JSON.readTree(made.body()).path("id").asString();
    }

    private Path home(RunningLibrary database, ObjectStore store, String bucket) throws IOException {
        Path home = Files.createDirectory(folder.resolve("home"));
        Files.copy(database.home().resolve("secret.key"), home.resolve("secret.key"));
        Files.writeString(
                home.resolve("library.properties"),
                String.join(
                        "\n",
                        "listen.port = 0",
                        "max-upload-mib = " + (BYTES / 1024 / 1024 + 1),
                        "files.store = s3",
                        "files.s3.bucket = " + bucket,
                        "files.s3.endpoint = http://127.0.0.1:" + store.port(),
                        "files.s3.access-key = " + ObjectStore.KEY,
                        "files.s3.secret-key = " + ObjectStore.SECRET));
        return home;
    }

    private static int upload(String address, String authorization, String resource) throws Exception {
        byte[] head = (field("resource_id", resource)
                        + field("title", "The film")
                        + part("name=\"resource_file\"; filename=\"film.mp4\"\r\nContent-Type: video/mp4"))
                .getBytes(StandardCharsets.US_ASCII);
        byte[] end = ("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII);
        InputStream body = new SequenceInputStream(
                new SequenceInputStream(new ByteArrayInputStream(head), ObjectStore.noise(BYTES, 9)),
                new ByteArrayInputStream(end));
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/api/upload/file/"))
                .header("Authorization", authorization)
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.fromPublisher(
                        BodyPublishers.ofInputStream(() -> body), head.length + BYTES + end.length))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(answer.body()).isEmpty();
        return answer.statusCode();
    }

    private static String field(String name, String value) {
        return part("name=\"" + name + "\"") + value + "\r\n";
    }

    private static String part(String disposition) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n";
    }

    private static String link(String address, String authorization, String resource) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/api/v1/resource/" + resource + "/"))
                .header("Authorization", authorization)
                .build();
        JsonNode detail = JSON.readTree(HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body());
        return detail.at("/files/0/file").asString();
    }

    private static Content download(String address) throws Exception {
        HttpResponse<InputStream> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(BYTES);
        return read(answer.body());
    }

    private static List<Byte> range(String address, long from) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .header("Range", "bytes=" + from + "-")
                .build();
        HttpResponse<byte[]> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(206);
        return list(answer.body());
    }

    private static List<Byte> tail() throws IOException {
        try (InputStream all = ObjectStore.noise(BYTES, 9)) {
            all.skipNBytes(BYTES - 5);
            return list(all.readAllBytes());
        }
    }

    private static List<Byte> list(byte[] bytes) {
        List<Byte> list = new ArrayList<>();
        for (byte each : bytes) {
            list.add(each);
        }
        return list;
    }

    private static Content read(InputStream stream) throws Exception {
        long start = System.nanoTime();
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] buffer = new byte[64 * 1024];
        long bytes = 0;
        try (stream) {
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                digest.update(buffer, 0, read);
                bytes += read;
            }
        }
        return new Content(bytes, HexFormat.of().formatHex(digest.digest()), seconds(start));
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void report(String what, long bytes, double seconds, AppProcess serving) throws IOException {
        System.out.printf(
                Locale.ROOT,
                "%s: %,d bytes in %.1f s (%.0f MiB/s), peak memory of the server %s MiB with -Xmx96m%n",
                what,
                bytes,
                seconds,
                seconds == 0 ? 0 : bytes / MIB / seconds,
                peak(serving));
    }

    /** Returns the largest resident memory of a process until now, in MiB, where the system tells it. */
    private static String peak(AppProcess serving) throws IOException {
        Path status = Path.of("/proc", Long.toString(serving.process().pid()), "status");
        Matcher peak =
                Pattern.compile("VmHWM:\\s*(\\d+) kB").matcher(Files.exists(status) ? Files.readString(status) : "");
        return peak.find() ? Long.toString(Long.parseLong(peak.group(1)) / 1024) : "unknown";
    }
}
