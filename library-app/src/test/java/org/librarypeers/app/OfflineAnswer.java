package org.librarypeers.app;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** An answer of an {@link OfflineLibrary}. */
public record OfflineAnswer(URI address, int status, Map<String, List<String>> headers, byte[] bytes) {

    /** Returns the last value of a header, or an empty string if it is missing. */
    public String header(String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        return values.isEmpty() ? "" : values.get(values.size() - 1);
    }

    /** Returns the redirect target, or an empty string if it is missing. */
    public String location() {
        return header("Location");
    }

    public String body() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public Document page() {
        return Jsoup.parse(body(), address.toString());
    }

    /** Returns the error message of a form field, or an empty string if it is missing. */
    public String wrong(String field) {
        return page().select("#w-" + field).text();
    }
}
