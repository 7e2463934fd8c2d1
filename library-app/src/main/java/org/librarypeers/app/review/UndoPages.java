package org.librarypeers.app.review;

import java.util.Optional;
import java.util.UUID;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.UndoOffer;
import org.librarypeers.app.web.Visit;
import org.librarypeers.app.web.Website;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.ReviewService;
import org.librarypeers.sync.UndoResult;

/** The form that undoes decisions. */
public final class UndoPages {

    /** The path to which the form is submitted. */
    static final String PATH = "/review/undo";

    private final ReviewService review;

    /** Creates the form with this service. */
    public UndoPages(ReviewService review) {
        this.review = review;
    }

    /** Adds the form to the routes. */
    public void routes(PageRoutes routes) {
        routes.post(PATH, Role.REVIEWER, this::undo);
    }

    private void undo(Visit visit) {
        Optional<UUID> action = UndoOffer.id(visit.field("action"))
                .filter(id -> review.action(id).isPresent());
        if (action.isEmpty()) {
            visit.notFound();
            return;
        }
        UserName by = visit.signedIn().name();
        UndoResult result = Guid.parse(visit.field("guid"))
                .map(guid -> review.undo(action.get(), guid, by))
                .orElseGet(() -> review.undo(action.get(), by));
        LastAction.forget(visit);
        visit.go(
                Website.localPath(visit.field("next")),
                "review.undone",
                result.undone().size(),
                result.changed().size(),
                result.already());
    }
}
