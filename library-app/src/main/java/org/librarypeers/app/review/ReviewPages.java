package org.librarypeers.app.review;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.files.CarriedFiles;
import org.librarypeers.app.web.Excerpt;
import org.librarypeers.app.web.FormData;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Role;
import org.librarypeers.sync.ReviewResult;
import org.librarypeers.sync.ReviewService;
import org.librarypeers.sync.ReviewedRevision;
import org.librarypeers.sync.library.LibraryStorage;

/** The page on which a reviewer reads a resource, sees its changes, and decides on it. */
public final class ReviewPages {

    private static final int LONGEST_TITLE = 80;

    private final LibraryStorage storage;
    private final ReviewService review;
    private final ReviewViews views;

    /**
     * Creates the pages with these services.
     *
     * @param carried the files that bundles brought
     * @param marks the marks of dead links
     */
    public ReviewPages(LibraryStorage storage, ReviewService review, CarriedFiles carried, DeadLinkMarks marks) {
        this.storage = storage;
        this.review = review;
        this.views = new ReviewViews(storage, review, carried, marks);
    }

    /** Adds these pages to the routes. */
    public void routes(PageRoutes routes) {
        routes.get("/review/{guid}", Role.REVIEWER, this::read);
        routes.post("/review/{guid}", Role.REVIEWER, this::decide);
    }

    private Optional<Resource> resource(Visit visit) {
        return Guid.parse(visit.ctx().pathParam("guid"))
                .flatMap(guid -> storage.resources().find(guid));
    }

    private void read(Visit visit) {
        resource(visit)
                .ifPresentOrElse(
                        resource -> show(visit, 200, resource, new FormData().with("note", "")), visit::notFound);
    }

    private void decide(Visit visit) {
        Resource resource = resource(visit).orElse(null);
        if (resource == null) {
            visit.notFound();
            return;
        }
        Optional<DecisionWord> decision = DecisionWord.of(visit.field("do"));
        Optional<ReviewedRevision> seen = ReviewedRevision.ofWord(visit.field("seen"));
        FormData form = DecisionWord.note(visit);
        if (decision.isEmpty() || seen.isEmpty()) {
            form.refuse("all", visit.say("review.unclear"));
        }
        if (!form.isGood()) {
            show(visit, 422, resource, form);
            return;
        }
        Guid guid = resource.guid();
        String next = nextAddress(visit, guid);
        UUID action = UUID.randomUUID();
        ReviewResult result = review.decide(
                action,
                decision.orElseThrow().status(),
                Map.of(guid, seen.orElseThrow()),
                visit.signedIn().name(),
                form.value("note"));
        if (result.unread().isEmpty()) {
            // The message refers to the state that the reviewer saw.
            boolean isBeside = seen.orElseThrow().beside() > 0;
            String messageKey = decision.orElseThrow().key(isBeside ? "change" : "one");
            LastAction.remember(visit, action);
            visit.go(next, messageKey, shortTitle(visit, resource));
        } else {
            Resource changed = resource(visit).orElse(resource);
            form.refuse("all", visit.say(why(seen.orElseThrow(), changed, result)));
            show(visit, 409, changed, form);
        }
    }

    /** Returns the message key that explains what has changed since the reviewer opened the page. */
    private static String why(ReviewedRevision seen, Resource now, ReviewResult result) {
        if (!result.decided().isEmpty()) {
            return "review.changed.decided";
        }
        ReviewedRevision shown = ReviewedRevision.of(now, seen.withdrawn());
        if (seen.revision() != shown.revision() || seen.beside() != shown.beside()) {
            return "review.changed";
        }
        return seen.equals(shown) ? "review.changed.source" : "review.changed.decided";
    }

    private static String shortTitle(Visit visit, Resource resource) {
        return Excerpt.of(visit.title(resource.toReview().content()).value(), LONGEST_TITLE);
    }

    /**
     * Returns the address of the next waiting resource, before the decision, which may move it. After the last one, continues with the first, and shows the list if none
     * is left.
     */
    private String nextAddress(Visit visit, Guid guid) {
        InboxRequest request = InboxRequest.of(visit, storage.tags());
        return next(request, guid)
                .or(() -> next(request, null).filter(first -> !first.equals(guid)))
                .map(request::address)
                .orElseGet(request::address);
    }

    private Optional<Guid> next(InboxRequest request, @Nullable Guid after) {
        return review.inbox(request.kind(), request.filter(), request.order(), after, 1).stream()
                .findFirst();
    }

    private void show(Visit visit, int status, Resource resource, FormData form) {
        Map<String, Object> values = new HashMap<>();
        values.put("view", views.view(visit, InboxRequest.of(visit, storage.tags()), resource));
        values.put("form", form);
        values.put("standing", RefusalPages.Standing.of(storage, resource));
        LastAction.of(visit, storage, review).ifPresent(last -> values.put("last", last));
        visit.render(status, "review/resource", values);
    }
}
