package org.librarypeers.app.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** A visitor without scripts that reads pages and submits their forms, with its own cookies. */
public final class PageClient {

    private final String address;
    private final String language;
    private boolean sendsOrigin;
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(new LoopbackCookies())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** Cookies of a browser, which sends secure ones to the machine itself without encryption, too. */
    private static final class LoopbackCookies extends CookieManager {
        @Override
        public Map<String, List<String>> get(URI uri, Map<String, List<String>> headers) throws IOException {
            return super.get(URI.create(uri.toString().replaceFirst("^http:", "https:")), headers);
        }
    }

    public PageClient(String address) {
        this(address, "en");
    }

    public PageClient(String address, String language) {
        this.address = address;
        this.language = language;
    }

    /** Makes further requests send an Origin header, as browsers do. */
    public PageClient likeABrowser() {
        sendsOrigin = true;
        return this;
    }

    /** An answer with its parsed page. */
    public record Answer(HttpResponse<String> response, Document page) {

        public int status() {
            return response.statusCode();
        }

        /** Returns the redirect target, or an empty string if it is missing. */
        public String location() {
            return response.headers().firstValue("Location").orElse("");
        }
    }

    public Answer get(String path) {
        return send(HttpRequest.newBuilder(URI.create(address + path)).GET());
    }

    /** Gets the page and follows up to five redirects. */
    public Answer visit(String path) {
        Answer answer = get(path);
        for (int i = 0; i < 5 && answer.status() / 100 == 3; i++) {
            answer = get(answer.location());
        }
        return answer;
    }

    /** Submits a form of the page. The given names and values, in turn, replace those of the form. */
    public Answer submit(Document page, String formSelector, String... fields) {
        Element form = page.selectFirst(formSelector);
        if (form == null) {
            throw new IllegalArgumentException("no " + formSelector + " on " + page.title() + ": " + page.body());
        }
        var data = ((org.jsoup.nodes.FormElement) form).formData();
        for (int i = 0; i < fields.length; i += 2) {
            String name = fields[i];
            data.removeIf(each -> each.key().equals(name));
            data.add(org.jsoup.helper.HttpConnection.KeyVal.create(name, fields[i + 1]));
        }
        String action = form.hasAttr("action")
                ? form.attr("action")
                : URI.create(page.location()).getRawPath();
        return post(
                action,
                data.stream()
                        .flatMap(each -> java.util.stream.Stream.of(each.key(), each.value()))
                        .toArray(String[]::new));
    }

    /** Signs in with the form. */
    public Answer signIn(String name, String password) {
        return submit(get("/signin").page(), "main form", "username", name, "password", password);
    }

    /** Opens the event stream at the path. */
    public EventReader events(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .header("Accept", "text/event-stream")
                .header("Accept-Language", language);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return new EventReader(http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
    }

    /** Posts the given names and values, in turn, without filling in a form. */
    public Answer post(String path, String... fields) {
        String body = IntStream.range(0, fields.length / 2)
                .mapToObj(i -> Arrays.asList(fields[2 * i], fields[2 * i + 1]).stream()
                        .map(each -> URLEncoder.encode(each, StandardCharsets.UTF_8))
                        .collect(Collectors.joining("=")))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(URI.create(address + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Posts a form with one file. The other fields are names and values in turn. */
    public Answer upload(String path, String field, String fileName, byte[] content, String... fields) {
        String boundary = "----a-form-for-a-test";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int i = 0; i < fields.length; i += 2) {
            body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + fields[i]
                            + "\"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + fields[i + 1] + "\r\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + field + "\"; filename=\""
                        + fileName + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return send(HttpRequest.newBuilder(URI.create(address + path))
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())));
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            if (sendsOrigin) {
                request.header("Origin", address);
            }
            HttpRequest built = request.timeout(Duration.ofSeconds(30))
                    .header("Accept", "text/html")
                    .header("Accept-Language", language)
                    .build();
            HttpResponse<String> response = http.send(built, HttpResponse.BodyHandlers.ofString());
            return new Answer(response, Jsoup.parse(response.body(), built.uri().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
