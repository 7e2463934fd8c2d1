package org.librarypeers.app.curation;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.librarypeers.app.audit.AuditAction;
import org.librarypeers.app.audit.AuditTrail;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.app.web.Wording;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.ReviewService;
import org.librarypeers.sync.ReviewedRevision;
import org.librarypeers.sync.accounts.AuditEntry.Subject;
import org.librarypeers.sync.curation.DuplicateRepository;
import org.librarypeers.sync.curation.DuplicateRepository.Group;
import org.librarypeers.sync.curation.DuplicateRepository.Redirect;
import org.librarypeers.sync.library.LibraryStorage;

/**
 * The page of likely duplicates. One resource can be archived in favour of another one, to which its address then
 * redirects.
 */
public final class DuplicatePages {

    private static final int PAGE = 20;
    private static final String ADDRESS = "/duplicates";

    private final LibraryStorage storage;
    private final DuplicateRepository duplicates;
    private final ReviewService review;
    private final AuditTrail trail;
    private final Clock clock;

    /** Creates the pages with these services. */
    public DuplicatePages(LibraryStorage storage, ReviewService review, Clock clock) {
        this.storage = storage;
        this.duplicates = storage.duplicates();
        this.review = review;
        this.trail = new AuditTrail(storage, clock);
        this.clock = clock;
    }

    /** Adds these pages to the routes. */
    public void routes(PageRoutes routes) {
        routes.get(ADDRESS, Role.REVIEWER, this::list);
        routes.post(ADDRESS, Role.REVIEWER, this::dismiss);
        routes.get(ADDRESS + "/archive", Role.REVIEWER, this::confirm);
        routes.post(ADDRESS + "/archive", Role.REVIEWER, this::archive);
        routes.post(ADDRESS + "/restore", Role.REVIEWER, this::restore);
    }

    /** A resource of a group. */
    public record Member(Resource resource, Wording.Text title, String source, Instant changed) {}

    /** A group of likely duplicates. */
    public record GroupView(String key, boolean sameLink, List<Member> members) {

        /** Copies the list. */
        public GroupView {
            members = List.copyOf(members);
        }
    }

    private void list(Visit visit) {
        String after = visit.parameter("after");
        List<Group> found = duplicates.groups(after.isEmpty() ? null : after, PAGE + 1);
        List<Group> page = found.subList(0, Math.min(PAGE, found.size()));
        Map<Guid, Resource> resources = storage.resources()
                .find(page.stream()
                        .flatMap(group -> group.resources().stream())
                        .distinct()
                        .toList());
        Map<String, Object> values = new HashMap<>(Map.of(
                "groups",
                page.stream().map(group -> view(visit, group, resources)).toList()));
        values.put("first", after.isEmpty() ? null : ADDRESS);
        values.put(
                "next",
                found.size() > PAGE ? ADDRESS + "?after=" + page.get(PAGE - 1).key() : null);
        visit.render("curation/duplicates", values);
    }

    private static GroupView view(Visit visit, Group group, Map<Guid, Resource> resources) {
        return new GroupView(
                group.key(),
                group.reason() == DuplicateRepository.Reason.LINK,
                group.resources().stream()
                        .flatMap(guid -> Optional.ofNullable(resources.get(guid)).stream())
                        .map(resource -> member(visit, resource))
                        .toList());
    }

    private static Member member(Visit visit, Resource resource) {
        return new Member(
                resource,
                visit.title(resource.content()),
                resource.origin()
                        .match(
                                local -> visit.say("resources.source.here"),
                                from -> visit.say("resources.source.from", from.sourceName())),
                resource.updated());
    }

    private void dismiss(Visit visit) {
        String key = visit.field("key");
        storage.inTransaction(() -> {
            duplicates.dismiss(key);
            trail.record(new AuditTrail.Note(AuditAction.DUPLICATES_DISMISSED, new Subject("duplicates", key, null)));
        });
        visit.go(ADDRESS, "curation.dismissed");
    }

    private Optional<Resource> resource(String guid) {
        try {
            return storage.resources().find(Guid.of(guid));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void confirm(Visit visit) {
        Resource from = resource(visit.parameter("from")).orElse(null);
        Resource to = resource(visit.parameter("to")).orElse(null);
        if (from == null || to == null || from.guid().equals(to.guid()) || !canArchive(from)) {
            visit.notFound();
            return;
        }
        visit.render(
                "curation/archive",
                Map.of(
                        "from",
                        member(visit, from),
                        "to",
                        member(visit, to),
                        "isPublic",
                        to.status() == Status.APPROVED));
    }

    private static boolean canArchive(Resource resource) {
        return resource.status() == Status.APPROVED || resource.status() == Status.PENDING;
    }

    /**
     * Archives a public resource, or rejects a pending one, and redirects its address. Refuses a target that is redirected itself. A
     * target that is in use again has its earlier redirect removed.
     */
    private void archive(Visit visit) {
        Resource from = resource(visit.field("from")).orElse(null);
        Resource to = resource(visit.field("to")).orElse(null);
        if (from == null || to == null || from.guid().equals(to.guid())) {
            visit.notFound();
            return;
        }
        boolean done = storage.inTransaction(() -> {
            Map<Guid, Resource> now = storage.resources().findForUpdate(Set.of(from.guid(), to.guid()));
            Resource current = now.get(from.guid());
            Resource target = now.get(to.guid());
            if (current == null
                    || target == null
                    || !canArchive(current)
                    || !visit.field("version").equals(String.valueOf(current.version()))) {
                return false;
            }
            if (canArchive(target)) {
                duplicates.removeRedirect(to.guid());
            } else if (duplicates.redirect(to.guid()).isPresent()) {
                return false;
            }
            if (current.status() == Status.PENDING) {
                boolean isWithdrawn = !review.withdrawn(List.of(current.guid())).isEmpty();
                review.decide(
                        Status.REJECTED,
                        Map.of(current.guid(), ReviewedRevision.of(current, isWithdrawn)),
                        visit.signedIn().name(),
                        visit.say("curation.duplicate.note", "/resource/" + to.slug()));
            } else {
                storage.resources().save(current.archive(clock.instant()));
            }
            duplicates.redirect(
                    new Redirect(from.guid(), to.guid(), visit.signedIn().name(), clock.instant()));
            trail.record(new AuditTrail.Note(
                    AuditAction.DUPLICATE_ARCHIVED,
                    AuditTrail.subject(current),
                    Map.of("into", to.guid().toString())));
            return true;
        });
        visit.go(
                ADDRESS,
                done ? "curation.archived" : "resources.changed.meanwhile",
                visit.title(from.content()).value());
    }

    /**
     * Removes a redirect. A resource that was archived is public again. If its source changed or withdrew it since a reviewer last
     * decided, it waits for review instead. A rejected resource stays rejected.
     */
    private void restore(Visit visit) {
        Resource from = resource(visit.field("from")).orElse(null);
        if (from == null) {
            visit.notFound();
            return;
        }
        boolean waits = storage.inTransaction(() -> {
            Resource current =
                    storage.resources().findForUpdate(Set.of(from.guid())).get(from.guid());
            boolean isRedirected = duplicates.redirect(from.guid()).isPresent();
            if (current == null || !isRedirected) {
                return false;
            }
            duplicates.removeRedirect(from.guid());
            trail.record(new AuditTrail.Note(AuditAction.REDIRECT_REMOVED, AuditTrail.subject(current)));
            return current.status() == Status.ARCHIVED && !publishedAgain(visit, current);
        });
        visit.go("/resources/" + from.guid() + "/edit", waits ? "curation.restored.waits" : "curation.restored");
    }

    /** Approves an archived resource, or submits it for review if a reviewer has not seen it as it is now. */
    private boolean publishedAgain(Visit visit, Resource archived) {
        boolean isWithdrawn = !review.withdrawn(List.of(archived.guid())).isEmpty();
        if (archived.review().isUnread() || isWithdrawn) {
            storage.resources().save(archived.submit(clock.instant()));
            return false;
        }
        review.decide(
                Status.APPROVED,
                Map.of(archived.guid(), ReviewedRevision.of(archived, false)),
                visit.signedIn().name(),
                null);
        return true;
    }
}
