package org.librarypeers.http.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The recorded answers of a v1 site. */
public final class Samples {

    /** The names of the answers with an indented JSON body, as these sites write it. */
    public static final List<String> INDENTED = List.of(
            "01-list-first-page",
            "05-list-past-the-end",
            "06-list-accept-language-es",
            "07-list-all",
            "08-detail",
            "09-search",
            "10-search-nothing-found",
            "13-set",
            "14-resource-schema",
            "16-tag-list",
            "17-tag",
            "18-tag-by-category",
            "19-tags",
            "20-category-list",
            "21-resourcetag",
            "22-resourceurl",
            "23-resourcefile",
            "28-404-id-no-number",
            "31-400-limit",
            "36-post-resource");

    private Samples() {}

    /** Returns the body of a recorded answer, unchanged. */
    public static String body(String name) {
        try (InputStream in = Samples.class.getResourceAsStream("/orb-v1/" + name + ".http")) {
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            String answer = all.substring(all.indexOf("\n>>>>\n"));
            return answer.substring(answer.indexOf("\n\n") + 2);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a JSON text. */
    static JsonNode json(String text) {
        return OrbJson.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
