package org.librarypeers.app.http;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Texts in web addresses, percent-encoded in UTF-8. */
public final class UrlEncoding {

    private UrlEncoding() {}

    /** Returns the text for the path of an address or for a cookie: a space becomes {@code %20}. */
    public static String path(String text) {
        return parameter(text).replace("+", "%20");
    }

    /** Returns the text for a name or value in a query: a space becomes {@code +}. */
    public static String parameter(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Returns a name and its value for a query. */
    public static String parameter(String name, String value) {
        return parameter(name) + "=" + parameter(value);
    }

    /** Returns a query of those parameters that are not empty, in their order. */
    public static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .filter(each -> !each.getValue().isEmpty())
                .map(each -> parameter(each.getKey(), each.getValue()))
                .collect(Collectors.joining("&"));
    }

    /**
     * Returns the text that {@link #path} or {@link #parameter(String)} encoded.
     *
     * @throws IllegalArgumentException if the text is not percent-encoded
     */
    public static String decode(String encoded) {
        return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }
}
