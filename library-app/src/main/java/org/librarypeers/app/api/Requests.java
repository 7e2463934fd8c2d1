package org.librarypeers.app.api;

import io.javalin.http.Context;
import org.librarypeers.app.web.ServedAddress;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.http.wire.InvalidDocumentException;
import org.librarypeers.http.wire.OrbJson;
import org.librarypeers.http.wire.ResourceDocument;
import org.librarypeers.http.wire.Site;
import tools.jackson.databind.node.ObjectNode;

/** What requests of every kind say. */
final class Requests {

    private final Languages languages;
    private final ImageHosts images;

    Requests(Languages languages, ImageHosts images) {
        this.languages = languages;
        this.images = images;
    }

    /** Returns the language of texts that a caller sends without one, and by which titles are ordered. */
    String language(Context ctx) {
        return languages.of(ctx);
    }

    /**
     * Returns the language in which to answer. Callers that do not ask for one may be existing sites, which need the text under
     * a key without a language to be that of their first language.
     */
    String shownIn(Context ctx) {
        return languages.asked(ctx).orElse(ResourceDocument.FIRST_OF_ORB);
    }

    /** The language in which texts are that do not say theirs. */
    String defaultLanguage() {
        return languages.all().get(0);
    }

    /** How this library presents itself to who asks. */
    Site site(Context ctx) {
        return new Site(ServedAddress.of(ctx), languages.all(), images.forOneRequest());
    }

    /**
     * The number in the path.
     *
     * @throws RefusedException if it is none
     */
    static long id(Context ctx) {
        return id(ctx.pathParam("id"));
    }

    static long id(String text) {
        if (!text.matches("\\d{1,18}")) {
            throw RefusedException.noSense(404);
        }
        return Long.parseLong(text);
    }

    /**
     * Returns the text of a field that somebody sent.
     *
     * @throws IllegalArgumentException if it cannot be saved; the message names the field
     */
    static LocalizedText text(String field, String language, String text) {
        try {
            return LocalizedText.of(language, text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(field + ": " + e.getMessage(), e);
        }
    }

    /**
     * The JSON object in the body.
     *
     * @throws RefusedException if there is none
     */
    static ObjectNode body(Context ctx) {
        try {
            if (OrbJson.read(ctx.bodyAsBytes()) instanceof ObjectNode object) {
                return object;
            }
            throw RefusedException.invalid("The body is not a JSON object.");
        } catch (InvalidDocumentException e) {
            throw RefusedException.invalid("The " + e.getMessage() + ".");
        }
    }
}
