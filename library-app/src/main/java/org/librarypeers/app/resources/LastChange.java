package org.librarypeers.app.resources;

import java.util.Optional;
import java.util.UUID;
import org.librarypeers.app.http.Cookies;
import org.librarypeers.app.web.UndoOffer;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Role;
import org.librarypeers.sync.library.BulkChange;
import org.librarypeers.sync.library.BulkChangeState;
import org.librarypeers.sync.library.LibraryStorage;

/** The last change of several resources by a reviewer, which the list of resources offers to undo. */
final class LastChange {

    private static final String COOKIE = "undo-change";

    private LastChange() {}

    /** Lets the list offer to undo a change. */
    static void remember(Visit visit, UUID change) {
        Cookies.set(visit.ctx(), COOKIE, change.toString(), UndoOffer.SECONDS);
    }

    /** Stops offering it. */
    static void forget(Visit visit) {
        Cookies.set(visit.ctx(), COOKIE, "", 0);
    }

    /** Returns the last change of the visitor. Empty if the visitor made none lately, it is undone, or another person made it. */
    static Optional<UndoOffer> of(Visit visit, LibraryStorage storage) {
        if (!visit.may(Role.REVIEWER)) {
            return Optional.empty();
        }
        return UndoOffer.id(visit.ctx().cookie(COOKIE))
                .flatMap(storage.bulkChanges()::find)
                .filter(state -> state.undone() < state.resources()
                        && state.change().by().equals(visit.signedIn().name()))
                .map(state -> UndoOffer.here(
                        visit,
                        BulkPages.UNDO,
                        state.change().id(),
                        text(visit, state),
                        state.served() == null
                                ? null
                                : UndoOffer.consequence(
                                        visit, storage.feedReaders().possibleReaders(state.served()))));
    }

    private static String text(Visit visit, BulkChangeState state) {
        BulkChange change = state.change();
        return visit.say("resources.bulk.last." + change.kind().word(), state.resources(), change.label());
    }
}
