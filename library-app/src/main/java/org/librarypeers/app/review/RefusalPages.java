package org.librarypeers.app.review;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.audit.AuditAction;
import org.librarypeers.app.audit.AuditTrail;
import org.librarypeers.app.web.Excerpt;
import org.librarypeers.app.web.FormData;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Refusal;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Role;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.storage.Slice;

/** The pages about resources that this library never takes from peers. */
public final class RefusalPages {

    private static final int PAGE = 20;
    private static final int LONGEST_TITLE = 100;
    private static final String ADDRESS = "/refusals";
    private static final String REASON = "reason";

    private final LibraryStorage storage;
    private final AuditTrail trail;
    private final Clock clock;

    /** Creates the pages with these services. */
    public RefusalPages(LibraryStorage storage, AuditTrail trail, Clock clock) {
        this.storage = storage;
        this.trail = trail;
        this.clock = clock;
    }

    /** Adds these pages to the routes. */
    public void routes(PageRoutes routes) {
        routes.get(ADDRESS, Role.REVIEWER, this::list);
        routes.post(ADDRESS + "/{guid}/revoke", Role.REVIEWER, this::revoke);
        routes.get("/review/{guid}/refuse", Role.REVIEWER, this::read);
        routes.post("/review/{guid}/refuse", Role.REVIEWER, this::refuse);
    }

    /**
     * The facts about the selection of a resource, which its page shows.
     *
     * @param canRefuse whether the resource is from a peer, so that it can be refused
     * @param refusal the refusal; null if the resource is not refused
     * @param isNotFollowed whether the selection rule of its source leaves it out
     */
    public record Standing(boolean canRefuse, @Nullable Refusal refusal, boolean isNotFollowed) {

        static Standing of(LibraryStorage storage, Resource resource) {
            Guid guid = resource.guid();
            if (!(resource.origin() instanceof Origin.FromPeer)) {
                return new Standing(false, null, false);
            }
            boolean isLeftOut = storage.selections().notFollowed(List.of(guid)).contains(guid);
            // Refused resources are left out too, so most pages need one query only.
            Refusal refusal = isLeftOut ? storage.selections().refusal(guid).orElse(null) : null;
            return new Standing(true, refusal, isLeftOut && refusal == null);
        }
    }

    private void list(Visit visit) {
        int offset = visit.parameter("from").matches("[1-9][0-9]{0,8}") ? Integer.parseInt(visit.parameter("from")) : 0;
        Slice<Refusal> refusals = storage.selections().refusals(offset, PAGE);
        Map<String, Object> values = new HashMap<>();
        values.put("refusals", refusals.items());
        values.put("resources", storage.resources().find(guids(refusals.items())));
        values.put("previous", offset == 0 ? null : ADDRESS + "?from=" + Math.max(0, offset - PAGE));
        values.put("next", refusals.last() ? null : ADDRESS + "?from=" + (offset + PAGE));
        visit.render("review/refusals", values);
    }

    private static List<Guid> guids(List<Refusal> refusals) {
        return refusals.stream().map(Refusal::resource).toList();
    }

    /** Returns the resource in the path if it is from a peer. */
    private Optional<Resource> resource(Visit visit) {
        return Guid.parse(visit.ctx().pathParam("guid"))
                .flatMap(guid -> storage.resources().find(guid))
                .filter(resource -> resource.origin() instanceof Origin.FromPeer);
    }

    private void read(Visit visit) {
        resource(visit)
                .ifPresentOrElse(
                        resource -> show(visit, 200, resource, new FormData().with(REASON, "")), visit::notFound);
    }

    private static void show(Visit visit, int status, Resource resource, FormData form) {
        visit.render(
                status,
                "review/refuse",
                Map.of("guid", resource.guid().toString(), "title", title(visit, resource), "form", form));
    }

    private static String title(Visit visit, Resource resource) {
        return Excerpt.of(visit.title(resource.toReview().content()).value(), LONGEST_TITLE);
    }

    private void refuse(Visit visit) {
        Resource resource = resource(visit).orElse(null);
        if (resource == null) {
            visit.notFound();
            return;
        }
        FormData form = FormData.read(visit, REASON);
        Refusal refusal = refusal(visit, resource, form);
        if (refusal == null) {
            show(visit, 422, resource, form);
            return;
        }
        trail.recorded(
                () -> {
                    storage.selections().refuse(refusal);
                    return refusal;
                },
                made -> Optional.of(new AuditTrail.Note(
                        AuditAction.RESOURCE_REFUSED, AuditTrail.subject(resource), Map.of(REASON, made.reason()))));
        visit.go("/review/" + resource.guid(), "review.refuse.done", refusal.title());
    }

    private @Nullable Refusal refusal(Visit visit, Resource resource, FormData form) {
        try {
            return new Refusal(
                    resource.guid(),
                    title(visit, resource),
                    visit.signedIn().name(),
                    clock.instant(),
                    form.value(REASON));
        } catch (IllegalArgumentException e) {
            form.refuse(REASON, visit.say("review.refuse.reason.wrong", Refusal.MAX_REASON));
            return null;
        }
    }

    private void revoke(Visit visit) {
        Optional<Refusal> refusal = Guid.parse(visit.ctx().pathParam("guid")).flatMap(storage.selections()::refusal);
        boolean isRevoked = refusal.isPresent()
                && trail.recorded(
                        () -> storage.selections().revoke(refusal.get().resource()),
                        done -> done
                                ? Optional.of(new AuditTrail.Note(
                                        AuditAction.REFUSAL_REVOKED, AuditTrail.subject(refusal.get())))
                                : Optional.empty());
        if (isRevoked) {
            visit.go(ADDRESS, "review.revoked", refusal.get().title());
        } else {
            visit.go(ADDRESS, "review.revoked.not");
        }
    }
}
