package org.librarypeers.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.TextCut;
import org.librarypeers.http.wire.InvalidDocumentException;
import org.librarypeers.http.wire.OrbJson;
import tools.jackson.databind.JsonNode;

/**
 * The text of an unexpected answer, with a guess at who sent it. ORB v1 sites explain errors in JSON or not at all. Web pages
 * and plain text come from web servers, proxies and firewalls in front of them.
 *
 * @param words the text on one line, shortened, without secrets; null if it is missing
 * @param foreign whether something other than the site itself seems to have sent it
 * @param server the name of the sender; null if the answer does not state it
 */
record ErrorText(
        @Nullable String words, boolean foreign, @Nullable String server) {

    static final ErrorText NOTHING = new ErrorText(null, false, null);

    private static final int MAX_BYTES = 32_768;
    private static final int MAX_WORDS = 200;
    private static final int MAX_NESTED = 4;
    private static final Pattern TITLE =
            Pattern.compile("<(title|h1)\\b[^>]*>(.*?)</\\1", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern TAG = Pattern.compile("<[^>]*>");
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{C}\\p{Z}\\s]+");
    private static final Pattern NO_SERVER = Pattern.compile("[^A-Za-z0-9./_ -]");

    /**
     * Reads the beginning of a body.
     *
     * @param secret hides what must not be shown
     */
    static ErrorText of(HttpHeaders headers, InputStream body, SecretFilter secret) {
        String text;
        try {
            text = new String(body.readNBytes(MAX_BYTES), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            text = "";
        }
        String server = NO_SERVER
                .matcher(headers.firstValue("Server").orElse(""))
                .replaceAll("")
                .strip();
        // This header states that a challenge was sent instead of the site's answer.
        boolean mitigated = headers.firstValue("cf-mitigated").isPresent();
        JsonNode json = json(text);
        String words = json != null ? words(json, 0) : text.startsWith("<") ? title(text) : text;
        return new ErrorText(
                shown(words, secret), mitigated || (json == null && !text.isEmpty()), shown(server, secret));
    }

    private static @Nullable JsonNode json(String text) {
        if (!text.startsWith("{") && !text.startsWith("[") && !text.startsWith("\"")) {
            return null;
        }
        try {
            return OrbJson.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (InvalidDocumentException e) {
            return null;
        }
    }

    /**
     * Returns the text of {@code error}, {@code error_message} or a similar key, also from JSON within a string; otherwise the
     * JSON itself.
     */
    private static String words(JsonNode json, int depth) {
        if (json.isString()) {
            JsonNode inner = depth < MAX_NESTED ? json(json.asString().strip()) : null;
            return inner == null ? json.asString() : words(inner, depth + 1);
        }
        for (String key : new String[] {"error", "error_message", "message", "detail"}) {
            JsonNode value = json.path(key);
            if (!value.isMissingNode() && !value.isNull()) {
                return depth < MAX_NESTED ? words(value, depth + 1) : value.toString();
            }
        }
        return json.isEmpty() ? "" : json.toString();
    }

    private static String title(String page) {
        Matcher title = TITLE.matcher(page);
        return title.find()
                ? TAG.matcher(title.group(2))
                        .replaceAll("")
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&quot;", "\"")
                        .replace("&#39;", "'")
                        .replace("&nbsp;", " ")
                        .replace("&amp;", "&")
                : "";
    }

    /** Returns a text for display. Hides secrets before it cuts the text, so that no part of a secret remains. */
    private static @Nullable String shown(String words, SecretFilter secret) {
        String line = INVISIBLE.matcher(secret.hiddenIn(words)).replaceAll(" ").strip();
        return line.isEmpty() ? null : TextCut.shorten(line, MAX_WORDS + 1);
    }

    /** Returns whether something in front of the site sent a challenge or a rejection instead of the site's answer. */
    boolean isRejectionInFront(int code) {
        return foreign && (code == 401 || code == 403 || code == 406 || code == 418 || code == 451);
    }

    /** Returns the words in quotation marks, with {@code text} before them; an empty string if there are no words. */
    String quotedAfter(String text) {
        return words == null ? "" : text + "\"" + words + "\"";
    }

    /** A function that hides a secret. */
    interface SecretFilter {
        String hiddenIn(String text);
    }

    /** Returns whether a content type is not a JSON type. */
    static boolean isOtherType(String type) {
        return !type.toLowerCase(Locale.ROOT).contains("json");
    }
}
