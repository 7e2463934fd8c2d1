package org.librarypeers.app;

import jakarta.servlet.Servlet;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.helper.HttpConnection;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.FormElement;
import org.librarypeers.app.accounts.SignIns;
import org.librarypeers.domain.UserName;

/** A browser of an {@link OfflineLibrary}, with its own cookies and headers. */
public final class OfflineVisitor {

    private static final byte[] NO_BODY = {};

    private final OfflineLibrary library;
    private final Servlet servlet;
    private URI address = URI.create("http://library.test:8080/");
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();

    OfflineVisitor(OfflineLibrary library, Servlet servlet) {
        this.library = library;
        this.servlet = servlet;
        this.headers.put("Accept", "text/html");
    }

    /** Begins a session of the account. */
    OfflineVisitor signedIn(UserName name) {
        return withCookie(SignIns.SESSION_COOKIE, library.signIns().begin(name));
    }

    /** Sends further requests to another address of the library, which has a scheme and a host. */
    public OfflineVisitor at(String schemeAndHost) {
        address = URI.create(schemeAndHost + "/");
        return this;
    }

    public OfflineVisitor withCookie(String name, String value) {
        cookies.put(name, value);
        return this;
    }

    /** Sends the header with further requests. */
    public OfflineVisitor withHeader(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public OfflineVisitor withoutHeader(String name) {
        headers.remove(name);
        return this;
    }

    /** Returns the decoded value of a cookie, or an empty string if it is missing. */
    public String cookie(String name) {
        return URLDecoder.decode(cookies.getOrDefault(name, ""), StandardCharsets.UTF_8);
    }

    public OfflineAnswer get(String path) {
        return send("GET", path, NO_BODY);
    }

    /** Posts names and values, in turn, with the token of the session. */
    public OfflineAnswer post(String path, String... fields) {
        List<String> all = new ArrayList<>(List.of("csrf", library.signIns().token(secret())));
        all.addAll(List.of(fields));
        return postOnly(path, all.toArray(String[]::new));
    }

    /** Posts names and values, in turn, without a token. */
    public OfflineAnswer postOnly(String path, String... fields) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < fields.length; i += 2) {
            pairs.add(encoded(fields[i]) + "=" + encoded(fields[i + 1]));
        }
        return sendForm(path, String.join("&", pairs));
    }

    private OfflineAnswer sendForm(String path, String form) {
        String before = headers.put("Content-Type", "application/x-www-form-urlencoded");
        try {
            return send("POST", path, form.getBytes(StandardCharsets.UTF_8));
        } finally {
            if (before == null) {
                headers.remove("Content-Type");
            } else {
                headers.put("Content-Type", before);
            }
        }
    }

    /** Submits a form of the page. The given names and values, in turn, replace those of the form. */
    public OfflineAnswer submit(Document page, String formSelector, String... fields) {
        FormElement form = (FormElement) page.expectFirst(formSelector);
        List<HttpConnection.KeyVal> data = new ArrayList<>();
        form.formData().forEach(each -> data.add(HttpConnection.KeyVal.create(each.key(), each.value())));
        for (int i = 0; i < fields.length; i += 2) {
            String name = fields[i];
            data.removeIf(each -> each.key().equals(name));
            data.add(HttpConnection.KeyVal.create(name, fields[i + 1]));
        }
        String action = form.hasAttr("action")
                ? form.attr("action")
                : URI.create(page.location()).getRawPath();
        return sendForm(
                action,
                data.stream()
                        .map(each -> encoded(each.key()) + "=" + encoded(each.value()))
                        .collect(Collectors.joining("&")));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private String secret() {
        return cookies.getOrDefault(SignIns.SESSION_COOKIE, cookies.getOrDefault("visitor", ""));
    }

    /** Sends a request and remembers the cookies of the answer. */
    public OfflineAnswer send(String method, String path, byte[] body) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        if (!cookies.isEmpty()) {
            all.put(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(each -> each.getKey() + "=" + each.getValue())
                            .collect(Collectors.joining("; ")));
        }
        OfflineAnswer answer = new ServletCall(method, address.resolve(path), all, body).answer(servlet);
        for (String cookie : answer.headers().getOrDefault("Set-Cookie", List.of())) {
            String[] pair = cookie.split(";", 2)[0].split("=", 2);
            cookies.remove(pair[0]);
            if (!cookie.contains("Max-Age=0")) {
                cookies.put(pair[0], pair[1]);
            }
        }
        return answer;
    }
}
