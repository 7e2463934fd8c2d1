package org.librarypeers.app.review;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.librarypeers.app.http.Cookies;
import org.librarypeers.app.web.Excerpt;
import org.librarypeers.app.web.UndoOffer;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.ReviewService;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.storage.ReviewAction;

/** The last decision of a reviewer, which the pages offer to undo. The history of each resource offers it for longer. */
final class LastAction {

    private static final String COOKIE = "undo";

    private LastAction() {}

    /** Lets the next pages of a visitor offer to undo an action. */
    static void remember(Visit visit, UUID action) {
        Cookies.set(visit.ctx(), COOKIE, action.toString(), UndoOffer.SECONDS);
    }

    /** Stops offering it. */
    static void forget(Visit visit) {
        Cookies.set(visit.ctx(), COOKIE, "", 0);
    }

    /** Returns the last action of the visitor. Empty if the visitor made none lately, it is undone, or another person made it. */
    static Optional<UndoOffer> of(Visit visit, LibraryStorage storage, ReviewService review) {
        return UndoOffer.id(visit.ctx().cookie(COOKIE))
                .flatMap(review::action)
                .filter(action -> action.undone() < action.decided()
                        && action.by().equals(visit.signedIn().name()))
                .map(action -> UndoOffer.here(
                        visit,
                        ListDecisions.UNDO_PATH,
                        action.id(),
                        text(visit, storage, action),
                        action.status() == Status.APPROVED ? consequence(visit, storage, action.at()) : null));
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
                        Excerpt.of(visit.title(resource.toReview().content()).value(), UndoOffer.LONGEST_TITLE)))
                .orElseGet(() -> visit.say(key + ".many", action.decided()));
    }

    /** Returns whether other libraries may have fetched what was approved at this time, as text. */
    static String consequence(Visit visit, LibraryStorage storage, Instant approved) {
        return UndoOffer.consequence(visit, storage.feedReaders().possibleReaders(approved));
    }
}
