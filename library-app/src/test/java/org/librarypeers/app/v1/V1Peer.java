package org.librarypeers.app.v1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An existing site that pulls from us, request by request as its Python client does: the whole list, page by page, and each
 * resource by itself. It never resumes and never retries; whatever it cannot read ends its sync.
 */
final class V1Peer {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What it asked, in this order; without the host. */
    final List<String> asked = new ArrayList<>();

    /** What it imported, by GUID. */
    final Map<String, JsonNode> imported = new LinkedHashMap<>();

    private final HttpClient http = HttpClient.newHttpClient();
    private final V1Reader reader = new V1Reader(this::fetchImage);
    private final String host;
    private final String user;
    private final String key;
    private boolean synced;

    V1Peer(String host, String user, String key) {
        this.host = host;
        this.user = user;
        this.key = key;
    }

    /** What ended a sync before its end. */
    static final class FatalException extends Exception {
        private static final long serialVersionUID = 1L;

        FatalException(String reason) {
            super(reason);
        }
    }

    /** Pulls everything; how many resources it took over or looked at. */
    int sync() throws FatalException {
        String credentials = "username=" + encoded(user) + "&api_key=" + encoded(key) + "&format=json";
        String since = synced ? "&updated__gte=" + encoded("2018-05-01 16:54:00.123456+00:00") : "";
        JsonNode page = get("/api/v1/resource/?" + credentials + since);
        int seen = 0;
        while (true) {
            need(page.at("/meta/total_count").isNumber(), "meta.total_count");
            need(page.path("objects").isArray(), "objects");
            for (JsonNode listed : page.path("objects")) {
                need(listed.path("id").isNumber() && listed.path("status").isString(), "id and status of the list");
                if (listed.path("status").asString().equals("approved")) {
                    take(get("/api/v1/resource/" + listed.path("id").asString() + "/?" + credentials));
                    seen++;
                }
            }
            JsonNode next = page.at("/meta/next");
            if (next.isNull()) {
                synced = true;
                return seen;
            }
            need(next.asString("").startsWith("/"), "meta.next is no path");
            page = get(next.asString());
        }
    }

    private void take(JsonNode detail) throws FatalException {
        reader.read(detail);
        imported.put(detail.path("guid").asString(), detail);
    }

    private static void need(boolean fine, String what) throws FatalException {
        if (!fine) {
            throw new FatalException(what);
        }
    }

    private JsonNode get(String path) throws FatalException {
        asked.add(path);
        String basic = Base64.getEncoder().encodeToString((user + ":" + key).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(host + path))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/json")
                .header("Accept", "*/*")
                .header("Accept-Encoding", "gzip, deflate")
                .build();
        try {
            HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            need(answer.statusCode() / 100 == 2, path + " answered " + answer.statusCode());
            boolean packed =
                    answer.headers().firstValue("content-encoding").orElse("").equals("gzip");
            byte[] body = packed
                    ? new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes()
                    : answer.body();
            JsonNode json = JSON.readTree(body);
            need(json.isObject(), path + " answered no JSON object");
            return json;
        } catch (IOException | JacksonException e) {
            throw new FatalException(path + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FatalException("interrupted");
        }
    }

    /** An error is forgiven; that nobody answers is not. */
    private boolean fetchImage(String address) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
            http.send(request, HttpResponse.BodyHandlers.discarding());
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
