package org.librarypeers.app.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.files.CarriedFiles;
import org.librarypeers.app.web.ContentDiff;
import org.librarypeers.app.web.SafeHtml;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Remark;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ReviewSnapshot;
import org.librarypeers.domain.Revision;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.ReviewService;
import org.librarypeers.sync.ReviewedRevision;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.links.LinkState;
import org.librarypeers.sync.storage.InboxFilter.Kind;
import org.librarypeers.sync.storage.Neighbours;
import org.librarypeers.sync.storage.Withdrawal;

/** Reads the view of a resource for a reviewer. */
final class ReviewViews {

    private final LibraryStorage storage;
    private final ReviewService review;
    private final CarriedFiles carried;
    private final DeadLinkMarks marks;

    ReviewViews(LibraryStorage storage, ReviewService review, CarriedFiles carried, DeadLinkMarks marks) {
        this.storage = storage;
        this.review = review;
        this.carried = carried;
        this.marks = marks;
    }

    /**
     * The facts about a resource that are not part of it.
     *
     * @param withdrawal the withdrawal that waits for a decision; null if the source still offers the resource
     * @param before the revision to compare with; null for a first decision
     * @param dead the states of dead links, of this resource and others
     */
    record Surroundings(
            SourceNames sources,
            @Nullable Withdrawal withdrawal,
            List<Remark> remarks,
            @Nullable Revision before,
            Map<String, LinkState> dead,
            Neighbours around) {}

    /** Returns the view of a resource, with everything that is read for it alone. */
    ReviewView view(Visit visit, InboxRequest request, Resource resource) {
        Guid guid = resource.guid();
        return view(
                visit,
                request,
                resource,
                new Surroundings(
                        new SourceNames(storage.peers(), List.of(), List.of(resource)),
                        review.withdrawn(List.of(guid)).get(guid),
                        storage.harvest().remarks(List.of(guid)).getOrDefault(guid, List.of()),
                        before(resource),
                        marks.dead(List.of(resource)),
                        review.inboxAround(request.kind(), request.filter(), request.order(), guid)));
    }

    ReviewView view(Visit visit, InboxRequest request, Resource resource, Surroundings known) {
        Guid guid = resource.guid();
        Withdrawal withdrawal = known.withdrawal();
        Guid previous = known.around().previous();
        Guid next = known.around().next();
        boolean isBeside = resource.revisions().waiting() != null;
        List<Decision> decisions = review.decisions(guid);
        Decision undoable = undoable(resource, decisions);
        return new ReviewView(
                guid.toString(),
                visit.title(resource.toReview().content()),
                resource.status().word(),
                waits(resource, withdrawal != null),
                known.sources().name(visit, resource),
                known.sources().maker(resource),
                resource.origin() instanceof Origin.FromPeer from ? SafeHtml.address(from.sourceUrl()) : null,
                resource.toReview().at(),
                withdrawal == null ? null : visit.time(withdrawal.since()),
                resource.toReview().number(),
                isBeside ? resource.revision().number() : resource.review().decided(),
                isBeside,
                ReviewedRevision.of(resource, withdrawal != null).word(),
                known.remarks(),
                ReviewableContent.of(
                        visit,
                        resource,
                        address -> carried.path(known.sources().peer(resource), address),
                        marks.marks(visit, resource, known.dead())),
                known.before() == null
                        ? null
                        : ContentDiff.between(
                                known.before().content(), resource.toReview().content(), visit.words()),
                decisions,
                undoable,
                undoable == null || undoable.status() != Status.APPROVED
                        ? null
                        : LastAction.consequence(visit, storage, undoable.at()),
                request.action(guid),
                request.address(guid),
                request.inPanes() ? request.here() : request.address("after", previous),
                previous == null ? null : request.address(previous),
                next == null ? null : request.address(next));
    }

    /** Returns the decision that can be undone; null if nobody has decided or something has changed since. */
    private static @Nullable Decision undoable(Resource resource, List<Decision> decisions) {
        return Decision.standing(decisions)
                .filter(made -> made.effect() != null && made.effect().after().equals(ReviewSnapshot.of(resource)))
                .orElse(null);
    }

    /**
     * Returns the public revision if the revision to review waits beside one, otherwise the revision last decided on. Returns
     * null if there is no such revision.
     */
    @Nullable
    Revision before(Resource resource) {
        return Optional.ofNullable(resource.revisions().waiting())
                .map(waiting -> resource.revision())
                .orElseGet(() -> storage.resources()
                        .lastDecidedOn(List.of(resource.guid()))
                        .get(resource.guid()));
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
}
