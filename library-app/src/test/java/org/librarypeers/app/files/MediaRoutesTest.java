package org.librarypeers.app.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.sync.files.StoredFile;

/** Tests of file downloads as a browser requests them. */
class MediaRoutesTest {

    private static final String DIGITS = "0123456789";

    private static RunningLibrary running;
    private static StoredFile digits;
    private static StoredFile nothing;
    private static String address;
    private static String etag;

    @BeforeAll
    static void start() throws IOException {
        running = RunningLibrary.start();
        digits = put(DIGITS.getBytes(StandardCharsets.US_ASCII));
        nothing = put(new byte[0]);
        address = MediaAddress.path(MediaKind.RESOURCE, digits, "digits.txt");
        etag = '"' + digits.sha256() + '"';
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void a_file_is_public_and_can_be_cached_permanently() throws Exception {
        HttpResponse<String> answer = running.get(address);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(DIGITS);
        assertThat(header(answer, "Content-Length")).isEqualTo("10");
        assertThat(header(answer, "Content-Type")).isEqualToIgnoringWhitespace("text/plain;charset=utf-8");
        assertThat(header(answer, "Accept-Ranges")).isEqualTo("bytes");
        assertThat(header(answer, "ETag")).isEqualTo(etag);
        assertThat(header(answer, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(answer, "Content-Security-Policy")).isEqualTo("default-src 'none'; sandbox");
        assertThat(answer.headers().firstValue("Content-Range")).isEmpty();
        assertThat(answer.headers().firstValue("Content-Disposition")).isEmpty();
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void head_returns_the_same_headers_without_content_and_ignores_ranges() throws Exception {
        HttpResponse<String> whole = running.get(address);
        HttpResponse<String> answer = running.send("HEAD", address, "Range", "bytes=2-4");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        for (String name : whole.headers().map().keySet()) {
            if (!name.equalsIgnoreCase("date")) {
                assertThat(answer.headers().allValues(name))
                        .isEqualTo(whole.headers().allValues(name));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 0-0",
        "bytes=2-4, 234, 2-4",
        "bytes=0-9, 0123456789, 0-9",
        "bytes=7-, 789, 7-9",
        "bytes=9-, 9, 9-9",
        "bytes=0-, 0123456789, 0-9",
        "bytes=8-100, 89, 8-9",
        "bytes=8-99999999999999999999999, 89, 8-9",
        "bytes=0000000000000000000000002-4, 234, 2-4",
        "bytes=-3, 789, 7-9",
        "bytes=-10, 0123456789, 0-9",
        "bytes=-99999999999999999999999, 0123456789, 0-9",
        "BYTES=2-4, 234, 2-4"
    })
    void a_requested_range_is_served_alone(String range, String body, String contentRange) throws Exception {
        HttpResponse<String> answer = running.get(address, "Range", range);

        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.body()).isEqualTo(body);
        assertThat(header(answer, "Content-Range")).isEqualTo("bytes " + contentRange + "/10");
        assertThat(header(answer, "Content-Length")).isEqualTo(Integer.toString(body.length()));
        assertThat(header(answer, "ETag")).isEqualTo(etag);
        assertThat(header(answer, "Content-Type")).isEqualToIgnoringWhitespace("text/plain;charset=utf-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=99999999999999999999999-", "bytes=-0"})
    void a_range_outside_the_file_is_rejected_with_the_file_size(String range) throws Exception {
        HttpResponse<String> answer = running.get(address, "Range", range);

        assertThat(answer.statusCode()).isEqualTo(416);
        assertThat(header(answer, "Content-Range")).isEqualTo("bytes */10");
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("Cache-Control")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=",
                "bytes",
                "bytes=-",
                "bytes=4-2",
                "bytes=a-b",
                "bytes=1.5-2",
                "bytes=--3",
                "bytes=0x1-2",
                "bytes=0-1,3-4",
                "bytes=0-0,-1",
                "lines=2-4",
                "2-4"
            })
    void an_invalid_or_multiple_range_is_ignored(String range) throws Exception {
        HttpResponse<String> answer = running.get(address, "Range", range);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(DIGITS);
        assertThat(answer.headers().firstValue("Content-Range")).isEmpty();
    }

    @Test
    void a_range_with_another_if_range_is_ignored() throws Exception {
        HttpResponse<String> same = running.get(address, "Range", "bytes=2-4", "If-Range", etag);
        assertThat(same.statusCode()).isEqualTo(206);
        assertThat(same.body()).isEqualTo("234");

        for (String other : new String[] {"\"other\"", "W/" + etag, "Wed, 21 Oct 2015 07:28:00 GMT"}) {
            HttpResponse<String> answer = running.get(address, "Range", "bytes=2-4", "If-Range", other);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(DIGITS);
        }
    }

    @Test
    void an_unchanged_file_is_answered_with_304() throws Exception {
        for (String known : new String[] {etag, "W/" + etag, "*", "\"other\" , " + etag}) {
            for (String method : new String[] {"GET", "HEAD"}) {
                HttpResponse<String> answer =
                        running.send(method, address, "If-None-Match", known, "Range", "bytes=2-4");
                assertThat(answer.statusCode()).isEqualTo(304);
                assertThat(answer.body()).isEmpty();
                assertThat(header(answer, "ETag")).isEqualTo(etag);
                assertThat(header(answer, "Cache-Control")).contains("immutable");
            }
        }
        assertThat(running.get(address, "If-None-Match", "\"other\"").statusCode())
                .isEqualTo(200);
        assertThat(running.get(address, "If-None-Match", digits.sha256()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void an_empty_file_is_served() throws Exception {
        String empty = MediaAddress.path(MediaKind.RESOURCE, nothing, "empty.txt");

        HttpResponse<String> answer = running.get(empty);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(header(answer, "Content-Length")).isEqualTo("0");
        assertThat(header(running.send("HEAD", empty), "Content-Length")).isEqualTo("0");
        for (String range : new String[] {"bytes=0-", "bytes=0-0", "bytes=-1"}) {
            HttpResponse<String> part = running.get(empty, "Range", range);
            assertThat(part.statusCode()).isEqualTo(416);
            assertThat(header(part, "Content-Range")).isEqualTo("bytes */0");
        }
    }

    @Test
    void a_large_file_is_never_compressed() throws Exception {
        byte[] content = new byte[3_000_001];
        new Random(7).nextBytes(content);
        Arrays.fill(content, 0, 1_000_000, (byte) 'a');
        String big = MediaAddress.path(MediaKind.RESOURCE, put(content), "big.txt");

        HttpResponse<byte[]> whole = bytes(big, "Accept-Encoding", "gzip, br");
        assertThat(whole.body()).isEqualTo(content);
        assertThat(header(whole, "Content-Length")).isEqualTo("3000001");
        assertThat(whole.headers().firstValue("Content-Encoding")).isEmpty();

        HttpResponse<byte[]> part = bytes(big, "Accept-Encoding", "gzip", "Range", "bytes=500000-2499999");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(content, 500_000, 2_500_000));
        assertThat(part.headers().firstValue("Content-Encoding")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a.pdf, application/pdf, %PDF-1.7",
        "a.PDF, application/pdf, %PDF-1.7",
        "a.jpg, image/jpeg, \u00ff\u00d8\u00ff\u00e0",
        "a.jpeg, image/jpeg, \u00ff\u00d8\u00ff\u00e1",
        "a.png, image/png, '\u0089PNG\r\n\u001a\n'",
        "a.gif, image/gif, GIF89a",
        "a.webp, image/webp, RIFF0000WEBP",
        "a.mp4, video/mp4, 0000ftypisom",
        "a.mov, video/quicktime, 0000moov",
        "a.3gp, video/3gpp, 0000ftyp3gp4",
        "a.webm, video/webm, '\u001a\u0045\u00df\u00a3'",
        "a.ogv, video/ogg, OggS",
        "a.mp3, audio/mpeg, ID3",
        "a.mp3, audio/mpeg, \u00ff\u00fb",
        "a.ogg, audio/ogg, OggS",
        "a.m4a, audio/mp4, 0000ftypM4A",
        "a.wav, audio/wav, RIFF0000WAVE",
        "a.aac, audio/aac, \u00ff\u00f1",
        "a.txt, text/plain;charset=utf-8, Wash",
        "a.csv, text/plain;charset=utf-8, 'a;b'",
        "a.html.txt, text/plain;charset=utf-8, <b>"
    })
    void harmless_types_are_shown_by_the_browser(String name, String type, String start) throws Exception {
        StoredFile file = put((start + DIGITS).getBytes(StandardCharsets.ISO_8859_1));

        HttpResponse<String> answer = running.get(MediaAddress.path(MediaKind.RESOURCE, file, name));

        assertThat(header(answer, "Content-Type")).isEqualToIgnoringWhitespace(type);
        assertThat(answer.headers().firstValue("Content-Disposition")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pdf", "jpg", "jpeg", "png", "gif", "webp", "mp4", "m4v", "webm", "ogv", "3gp", "mov", "mp3", "m4a",
                "ogg", "oga", "opus", "wav", "aac", "txt", "csv"
            })
    void a_file_that_contradicts_its_name_is_a_download(String extension) throws Exception {
        StoredFile file = put(" %PDF-<script>alert(1)</script>\u0000 GIF89a".getBytes(StandardCharsets.ISO_8859_1));
        String path = MediaAddress.path(MediaKind.RESOURCE, file, "a." + extension);

        for (String method : new String[] {"GET", "HEAD"}) {
            HttpResponse<String> answer = running.send(method, path);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(header(answer, "Content-Type")).isEqualTo("application/octet-stream");
            assertThat(header(answer, "Content-Disposition")).isEqualTo("attachment; filename*=UTF-8''a." + extension);
            assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(header(answer, "Content-Security-Policy")).isEqualTo("default-src 'none'; sandbox");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a.html, application/octet-stream",
        "a.HTM, application/octet-stream",
        "a.xhtml, application/octet-stream",
        "a.svg, application/octet-stream",
        "a.js, application/octet-stream",
        "a.xml, application/octet-stream",
        "a.exe, application/octet-stream",
        "a.pdf.html, application/octet-stream",
        "a.pdf., application/octet-stream",
        "a.pdf%20, application/octet-stream",
        "pdf, application/octet-stream",
        "html, application/octet-stream",
        "a.epub, application/epub+zip",
        "a.zip, application/zip",
        "a.doc, application/msword",
        "a.docx, application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "a.odt, application/vnd.oasis.opendocument.text"
    })
    void other_types_are_downloads(String name, String type) throws Exception {
        HttpResponse<String> answer = running.get("/media/resource/" + digits.sha256() + "/" + name);

        assertThat(header(answer, "Content-Type")).isEqualTo(type);
        assertThat(header(answer, "Content-Disposition")).isEqualTo("attachment; filename*=UTF-8''" + name);
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void a_name_cannot_break_out_of_its_header() throws Exception {
        HttpResponse<String> answer =
                running.get("/media/resource/" + digits.sha256() + "/a%22%3B%20b%3B%27%C3%B1%0D%0AX-Evil:%20c.zip");

        assertThat(header(answer, "Content-Disposition"))
                .isEqualTo("attachment; filename*=UTF-8''a%22%3B%20b%3B%27%C3%B1%0D%0AX-Evil%3A%20c.zip");
        assertThat(answer.headers().firstValue("X-Evil")).isEmpty();
    }

    @Test
    void where_an_image_is_expected_only_images_are_shown() throws Exception {
        for (String name : new String[] {"a.pdf", "a.mp4", "a.txt", "a.svg"}) {
            HttpResponse<String> answer = running.get(MediaAddress.path(MediaKind.RESOURCE_IMAGE, digits, name));
            assertThat(header(answer, "Content-Disposition")).startsWith("attachment");
        }
        StoredFile png = put("\u0089PNG\r\n\u001a\n0123456789".getBytes(StandardCharsets.ISO_8859_1));
        HttpResponse<String> answer = running.get(MediaAddress.path(MediaKind.RESOURCE_IMAGE, png, "a.png"));
        assertThat(header(answer, "Content-Type")).isEqualTo("image/png");
        assertThat(answer.headers().firstValue("Content-Disposition")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/media/resource/0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f/a.pdf",
                "/media/resource/nope/a.pdf",
                "/media/resource/SHA/",
                "/media/resource/SHA",
                "/media/resource/SHA/a/b.pdf",
                "/media/resource/SHA%0A/a.pdf",
                "/media/tag/SHA/a.pdf",
                "/media/RESOURCE/SHA/a.pdf",
                "/media/RESOURCE_IMAGE/SHA/a.pdf",
                "/media/incoming/SHA/a.pdf",
                "/media/"
            })
    void a_missing_file_is_not_found(String path) throws Exception {
        for (String method : new String[] {"GET", "HEAD"}) {
            HttpResponse<String> answer = running.send(method, path.replace("SHA", digits.sha256()));
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.headers().firstValue("Cache-Control")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/media/resource/../../secret.key/x",
                "/media/resource/../../../secret.key",
                "/media/resource/%2e%2e/%2e%2e/secret.key/x",
                "/media/resource/..%2f..%2fsecret.key/x",
                "/media/resource/%2e%2e%2f%2e%2e%2fsecret.key/x",
                "/media/resource/%252e%252e%252fsecret.key/x",
                "/media/resource/..%5c..%5csecret.key/x",
                "/media/resource/..%c0%af..%c0%afsecret.key/x",
                "/media/resource/..;/..;/secret.key/x",
                "/media/resource/....//....//secret.key/x",
                "/media/resource//secret.key/x",
                "/media/resource/secret.key%00/x",
                "/media/resource/%2fetc%2fpasswd/x",
                "/media/../secret.key/x/y",
                "/media/%2e%2e/secret.key/x"
            })
    void no_path_leads_outside_the_file_store(String path) throws Exception {
        String key = Files.readString(running.library().settings().home().resolve("secret.key"))
                .strip();

        HttpResponse<String> answer = running.get(path);

        assertThat(answer.statusCode()).isIn(400, 404);
        assertThat(answer.body()).doesNotContain(key, "root:");
    }

    private static StoredFile put(byte[] content) throws IOException {
        return running.library().files().put(new ByteArrayInputStream(content), content.length);
    }

    private static HttpResponse<byte[]> bytes(String path, String... headers) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(running.address() + path))
                .headers(headers)
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
