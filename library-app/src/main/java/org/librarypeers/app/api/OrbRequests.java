package org.librarypeers.app.api;

import io.javalin.http.Context;
import org.librarypeers.app.http.ServedAddress;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.http.wire.InvalidDocumentException;
import org.librarypeers.http.wire.OrbJson;
import org.librarypeers.http.wire.ResourceDocument;
import org.librarypeers.http.wire.Site;
import tools.jackson.databind.node.ObjectNode;

/** Common parts of API requests: languages, ids and bodies. */
final class OrbRequests {

    private final Languages languages;
    private final ImageHosts images;

    OrbRequests(Languages languages, ImageHosts images) {
        this.languages = languages;
        this.images = images;
    }

    /** Returns the language for texts that are sent without a language. It also determines the order of titles. */
    String language(Context ctx) {
        return languages.of(ctx);
    }

    /**
     * Returns the language of the response. Callers without an {@code Accept-Language} header can be existing sites. They require
     * the text under a key without a language to be in their first language.
     */
    String shownIn(Context ctx) {
        return languages.requested(ctx).orElse(ResourceDocument.FIRST_OF_ORB);
    }

    /** Returns the default language of this library, which applies to texts without a stated language. */
    String defaultLanguage() {
        return languages.all().get(0);
    }

    /** Returns how this library presents itself to the caller: its address, languages and served images. */
    Site site(Context ctx) {
        return new Site(ServedAddress.of(ctx), languages.all(), images.forOneRequest());
    }

    /**
     * Returns the id in the path.
     *
     * @throws RefusedException if it is not a number of at most 18 digits
     */
    static long id(Context ctx) {
        return id(ctx.pathParam("id"));
    }

    static long id(String text) {
        if (!text.matches("\\d{1,18}")) {
            throw RefusedException.notProcessed(404);
        }
        return Long.parseLong(text);
    }

    /**
     * Returns the text of a submitted field.
     *
     * @throws IllegalArgumentException if the text cannot be saved; the message names the field
     */
    static LocalizedText text(String field, String language, String text) {
        try {
            return LocalizedText.of(language, text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(field + ": " + e.getMessage(), e);
        }
    }

    /**
     * Returns the JSON object in the body.
     *
     * @throws RefusedException if the body is not a JSON object
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
