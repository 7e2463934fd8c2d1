package org.librarypeers.app.review;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.ContentDiff;
import org.librarypeers.app.web.Excerpt;
import org.librarypeers.app.web.FormData;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.SafeHtml;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Revision;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.ReviewResult;
import org.librarypeers.sync.ReviewService;
import org.librarypeers.sync.ReviewedRevision;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.storage.InboxFilter.Kind;
import org.librarypeers.sync.storage.Neighbours;
import org.librarypeers.sync.storage.Withdrawal;

/** The page on which a reviewer reads a resource, sees its changes, and decides on it. */
public final class ReviewPages {

    private static final int LONGEST_TITLE = 80;

    private final LibraryStorage storage;
    private final ReviewService review;

    /** Creates the pages with these services. */
    public ReviewPages(LibraryStorage storage, ReviewService review) {
        this.storage = storage;
        this.review = review;
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
        ReviewResult result = review.decide(
                decision.orElseThrow().status(),
                Map.of(guid, seen.orElseThrow()),
                visit.signedIn().name(),
                form.value("note"));
        if (result.unread().isEmpty()) {
            // The message refers to the state that the reviewer saw.
            boolean isBeside = seen.orElseThrow().beside() > 0;
            String messageKey = decision.orElseThrow().key(isBeside ? "change" : "one");
            visit.go(nextAddress(visit, guid), messageKey, shortTitle(visit, resource));
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
     * Returns the address of the next waiting resource. After the last one, continues with the first, and shows the list if none
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
        return review.inboxNext(request.kind(), request.filter(), after);
    }

    private void show(Visit visit, int status, Resource resource, FormData form) {
        Map<String, Object> values = new HashMap<>();
        values.put("view", view(visit, resource));
        values.put("form", form);
        visit.render(status, "review/resource", values);
    }

    private ReviewView view(Visit visit, Resource resource) {
        Guid guid = resource.guid();
        InboxRequest request = InboxRequest.of(visit, storage.tags());
        Withdrawal withdrawal = review.withdrawn(List.of(guid)).get(guid);
        SourceNames sources = new SourceNames(storage.peers(), List.of(), List.of(resource));
        Neighbours around = review.inboxAround(request.kind(), request.filter(), guid);
        Guid previous = around.previous();
        Guid next = around.next();
        boolean isBeside = resource.revisions().waiting() != null;
        return new ReviewView(
                guid.toString(),
                visit.title(resource.toReview().content()),
                resource.status().word(),
                waits(resource, withdrawal != null),
                sources.name(visit, resource),
                sources.maker(resource),
                resource.origin() instanceof Origin.FromPeer from ? SafeHtml.address(from.sourceUrl()) : null,
                visit.time(resource.toReview().at()),
                withdrawal == null ? null : visit.time(withdrawal.since()),
                resource.toReview().number(),
                isBeside ? resource.revision().number() : resource.review().decided(),
                isBeside,
                ReviewedRevision.of(resource, withdrawal != null).word(),
                storage.harvest().remarks(List.of(guid)).getOrDefault(guid, List.of()),
                ReviewableContent.of(visit, resource),
                diff(visit, resource),
                review.decisions(guid),
                request.address(guid),
                request.address("after", previous),
                previous == null ? null : request.address(previous),
                next == null ? null : request.address(next));
    }

    private static List<String> waits(Resource resource, boolean withdrawn) {
        List<String> waits = new ArrayList<>();
        if (resource.status() == Status.PENDING) {
            waits.add(InboxRequest.word(Kind.PENDING));
        }
        if (resource.isChangedUpstream()) {
            waits.add(InboxRequest.word(Kind.CHANGED_UPSTREAM));
        }
        if (withdrawn) {
            waits.add(InboxRequest.word(Kind.WITHDRAWN));
        }
        return waits;
    }

    /**
     * Returns the differences from the public revision if the revision to review waits beside one, otherwise from the revision
     * last decided on. Returns null if there is no such revision.
     */
    private @Nullable ContentDiff diff(Visit visit, Resource resource) {
        Revision before = resource.revisions().waiting() != null
                ? resource.revision()
                : storage.resources().lastDecidedOn(List.of(resource.guid())).get(resource.guid());
        return before == null
                ? null
                : ContentDiff.between(before.content(), resource.toReview().content(), visit.words());
    }
}
