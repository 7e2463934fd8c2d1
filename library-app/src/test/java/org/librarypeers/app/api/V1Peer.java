package org.librarypeers.app.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An existing site that pulls from another library, like the Python client does. It sends one request at a time, never
 * the same one twice, and stops at the first answer that it cannot read.
 */
final class V1Peer {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSxxx");
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String host;
    private final String user;
    private final String key;
    private final Runnable pause;
    private final Clock clock;
    private final V1Store store = new V1Store(V1Store.Collation.GENERAL);
    private final V1Reader reader;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(TIMEOUT)
            .build();
    private Instant lastCompleted;
    private int requests;

    /**
     * Creates a site without content.
     *
     * @param host the scheme and host of the library to pull from, without a slash at the end
     * @param pause the action before each request; existing sites wait a second
     */
    V1Peer(String host, String user, String key, Runnable pause, Clock clock) {
        this(host, user, key, pause, clock, List.of("en", "es", "pt_br"));
    }

    private V1Peer(String host, String user, String key, Runnable pause, Clock clock, List<String> languages) {
        this.reader = new V1Reader(store, languages, this::fetchImage);
        this.host = host;
        this.user = user;
        this.key = key;
        this.pause = pause;
        this.clock = clock;
    }

    /** Creates a site with these languages that does not wait between requests. */
    V1Peer(String host, String user, String key, List<String> languages) {
        this(host, user, key, () -> {}, Clock.systemUTC(), languages);
    }

    /** Creates a site that does not wait between requests. */
    V1Peer(String host, String user, String key) {
        this(host, user, key, () -> {}, Clock.systemUTC());
    }

    V1Store store() {
        return store;
    }

    /** Returns the number of requests of its syncs, without images. */
    int requests() {
        return requests;
    }

    /** Pulls all listed resources, until the end of the list or the first error. */
    V1SyncEnd sync() {
        try {
            String since = lastCompleted == null
                    ? ""
                    : "updated__gte=" + encoded(TIME.format(lastCompleted.atOffset(ZoneOffset.UTC))) + "&";
            JsonNode page = get(host + "/api/v1/resource/?" + since + credentials());
            while (true) {
                needed(page, "meta", "total_count");
                for (JsonNode listed : needed(page, "objects").values()) {
                    takeListed(listed);
                }
                JsonNode next = needed(page, "meta", "next");
                if (next.isNull()) {
                    break;
                }
                page = get(host + next.asString());
            }
            lastCompleted = clock.instant();
            return V1SyncEnd.COMPLETE;
        } catch (FatalException e) {
            return e.end();
        }
    }

    private void takeListed(JsonNode listed) {
        String id = needed(listed, "id").asString();
        if (needed(listed, "status").asString().equals("approved")) {
            reader.take(get(host + "/api/v1/resource/" + id + "/?" + credentials()));
        }
    }

    private String credentials() {
        return "username=" + encoded(user) + "&api_key=" + encoded(key) + "&format=json";
    }

    private static JsonNode needed(JsonNode object, String... path) {
        JsonNode node = object;
        for (String name : path) {
            if (!node.has(name)) {
                throw new FatalException("missing", name, null);
            }
            node = node.get(name);
        }
        return node;
    }

    private JsonNode get(String address) {
        pause.run();
        requests++;
        HttpRequest request = HttpRequest.newBuilder(URI.create(asSent(address)))
                .timeout(TIMEOUT)
                .header("Accept", "*/*")
                .header("Accept-Encoding", "gzip, deflate")
                .header("Content-Type", "application/json")
                .header("Authorization", "Basic " + base64(user + ":" + key))
                .build();
        HttpResponse<byte[]> answer;
        try {
            answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new FatalException("no answer", address, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        if (answer.statusCode() / 100 != 2) {
            throw new FatalException("an answer that is no 2xx", address, answer.statusCode());
        }
        JsonNode body = json(address, unpacked(answer));
        if (!body.isObject()) {
            throw new FatalException("an answer that is no JSON object", address, body);
        }
        return body;
    }

    private static JsonNode json(String address, byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            throw new FatalException("an answer that is no JSON", address, new String(body, StandardCharsets.UTF_8));
        }
    }

    private static byte[] unpacked(HttpResponse<byte[]> answer) {
        String encoding = answer.headers().firstValue("Content-Encoding").orElse("identity");
        InputStream body = new ByteArrayInputStream(answer.body());
        try (InputStream in = switch (encoding) {
            case "identity" -> body;
            case "gzip" -> new GZIPInputStream(body);
            case "deflate" -> new InflaterInputStream(body);
            default -> throw new FatalException("compressed in an unsupported way", "Content-Encoding", encoding);
        }) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new FatalException("cannot be unpacked", "Content-Encoding", encoding);
        }
    }

    /** Fetches the image. Any HTTP status is accepted, but a failed connection ends the sync. */
    private void fetchImage(String address) {
        try {
            http.send(
                    HttpRequest.newBuilder(URI.create(address)).timeout(TIMEOUT).build(),
                    HttpResponse.BodyHandlers.discarding());
        } catch (IOException | IllegalArgumentException e) {
            throw new FatalException("an image that nobody answers for", "image", address);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Searches with the words unescaped in the address. */
    HttpResponse<String> search(String words) {
        return send("GET", "resource/search/?q=" + words, null);
    }

    HttpResponse<String> addResource(Object body) {
        return send("POST", "resource/", body);
    }

    HttpResponse<String> changeResource(long id, Object body) {
        return send("PUT", "resource/" + id + "/", body);
    }

    HttpResponse<String> addTag(Object body) {
        return send("POST", "tag/", body);
    }

    HttpResponse<String> addResourceTag(Object body) {
        return send("POST", "resourcetag/", body);
    }

    HttpResponse<String> addResourceUrl(Object body) {
        return send("POST", "resourceurl/", body);
    }

    HttpResponse<String> uploadImage(Multipart form) {
        return upload("/api/upload/image/", form);
    }

    HttpResponse<String> uploadFile(Multipart form) {
        return upload("/api/upload/file/", form);
    }

    private HttpResponse<String> upload(String path, Multipart form) {
        return send(HttpRequest.newBuilder(URI.create(host + path))
                .header("Content-Type", form.contentType())
                .POST(HttpRequest.BodyPublishers.ofByteArray(form.body())));
    }

    private HttpResponse<String> send(String method, String path, Object body) {
        HttpRequest.BodyPublisher sent = body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
        return send(HttpRequest.newBuilder(URI.create(asSent(host + "/api/v1/" + path)))
                .header("Content-Type", "application/json")
                .method(method, sent));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(
                    request.timeout(TIMEOUT)
                            .header("Accept", "*/*")
                            .header("Authorization", "ApiKey " + user + ":" + key)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException(e);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Escapes only the characters that an address may not contain. */
    static String asSent(String address) {
        StringBuilder sent = new StringBuilder();
        String text = address.replaceAll("%(?![0-9A-Fa-f]{2})", "%25");
        for (byte unsigned : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (unsigned & 0xff);
            if (c > ' ' && c < 0x7f && "\"<>\\^`{|}".indexOf(c) < 0) {
                sent.append(c);
            } else {
                sent.append("%%%02X".formatted((int) c));
            }
        }
        return sent.toString();
    }
}
