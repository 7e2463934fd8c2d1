package org.librarypeers.app.web;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The offer of a page to undo what its visitor did last.
 *
 * @param form the path to which the form is submitted
 * @param action the id of what is undone
 * @param text what the visitor did
 * @param consequence what other libraries may know of it; null if they know nothing of such an action
 * @param next the address of the page to return to
 */
public record UndoOffer(
        String form, UUID action, String text, @Nullable String consequence, String next) {

    /** The time for which pages offer to undo an action, in seconds. */
    public static final int SECONDS = 1_800;

    /** The maximum length of a title in the text, in characters. */
    public static final int LONGEST_TITLE = 60;

    /** Creates an offer that returns to the page of this visit. */
    public static UndoOffer here(Visit visit, String form, UUID action, String text, @Nullable String consequence) {
        String query = visit.ctx().queryString();
        return new UndoOffer(form, action, text, consequence, visit.ctx().path() + (query == null ? "" : "?" + query));
    }

    /** Parses the id of an action. Empty for any other text. */
    public static Optional<UUID> id(@Nullable String text) {
        return text != null && text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }

    /**
     * Returns the consequence of undoing something, as text.
     *
     * @param readers the number of libraries that may have fetched it
     */
    public static String consequence(Visit visit, long readers) {
        return visit.say("review.undo.readers", readers);
    }
}
