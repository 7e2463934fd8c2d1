package org.librarypeers.app.review;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.http.Cookies;
import org.librarypeers.app.web.Excerpt;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.ReviewService;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.storage.ReviewAction;

/**
 * The last decision of a reviewer, which the pages offer to undo.
 *
 * @param action its id
 * @param text what was decided
 * @param consequence what other libraries know of it; null if they know nothing of such a decision
 * @param next the address of the page to return to
 */
public record LastAction(UUID action, String text, @Nullable String consequence, String next) {

    private static final String COOKIE = "undo";

    /** The time for which the pages offer to undo a decision. The history of each resource offers it for longer. */
    private static final int SECONDS = 1_800;

    private static final int LONGEST_TITLE = 60;

    /** Lets the next pages of a visitor offer to undo an action. */
    static void remember(Visit visit, UUID action) {
        Cookies.set(visit.ctx(), COOKIE, action.toString(), SECONDS);
    }

    /** Stops offering it. */
    static void forget(Visit visit) {
        Cookies.set(visit.ctx(), COOKIE, "", 0);
    }

    /** Returns the last action of the visitor. Empty if the visitor made none lately, it is undone, or another person made it. */
    static Optional<LastAction> of(Visit visit, LibraryStorage storage, ReviewService review) {
        return id(visit.ctx().cookie(COOKIE))
                .flatMap(review::action)
                .filter(action -> action.undone() < action.decided()
                        && action.by().equals(visit.signedIn().name()))
                .map(action -> new LastAction(
                        action.id(),
                        text(visit, storage, action),
                        action.status() == Status.APPROVED ? consequence(visit, storage, action.at()) : null,
                        here(visit)));
    }

    private static String here(Visit visit) {
        String query = visit.ctx().queryString();
        return visit.ctx().path() + (query == null ? "" : "?" + query);
    }

    /** Parses the id of an action. Empty for any other text. */
    static Optional<UUID> id(@Nullable String text) {
        return text != null && text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }

    private static String text(Visit visit, LibraryStorage storage, ReviewAction action) {
        String key = "review.last." + action.status().word();
        if (action.decided() > 1) {
            return visit.say(key + ".many", action.decided());
        }
        return storage.resources()
                .find(action.first())
                .map(resource -> visit.say(
                        key,
                        Excerpt.of(visit.title(resource.toReview().content()).value(), LONGEST_TITLE)))
                .orElseGet(() -> visit.say(key + ".many", action.decided()));
    }

    /** Returns whether other libraries may have fetched what was approved at this time, as text. */
    static String consequence(Visit visit, LibraryStorage storage, Instant approved) {
        return visit.say("review.undo.readers", storage.feedReaders().possibleReaders(approved));
    }
}
