package org.librarypeers.app.review;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.audit.AuditAction;
import org.librarypeers.app.audit.AuditTrail;
import org.librarypeers.app.web.Excerpt;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.SafeHtml;
import org.librarypeers.app.web.Visit;
import org.librarypeers.app.web.Wording.Text;
import org.librarypeers.domain.EnumWord;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Role;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.links.DeadLink;
import org.librarypeers.sync.links.LinkCounts;
import org.librarypeers.sync.links.LinkProblem;
import org.librarypeers.sync.storage.InboxFilter;
import org.librarypeers.sync.storage.InboxFilter.Kind;

/** The page about dead links. */
public final class LinkPages {

    private static final int PAGE = 25;
    private static final int LONGEST_ADDRESS = 200;
    private static final int LONGEST_TITLE = 120;
    private static final String ADDRESS = "/review/links";

    private final LibraryStorage storage;
    private final AuditTrail trail;
    private final boolean checks;
    private final Function<String, Optional<String>> carried;
    private final Clock clock;

    /**
     * Creates the page.
     *
     * @param checks whether this library checks links
     * @param carried returns the path at which this library serves a file of another one; empty if it does not have the file
     */
    public LinkPages(
            LibraryStorage storage,
            AuditTrail trail,
            boolean checks,
            Function<String, Optional<String>> carried,
            Clock clock) {
        this.storage = storage;
        this.trail = trail;
        this.checks = checks;
        this.carried = carried;
        this.clock = clock;
    }

    /** Adds this page to the routes. */
    public void routes(PageRoutes routes) {
        routes.get(ADDRESS, Role.REVIEWER, this::list);
        routes.post(ADDRESS + "/{id}", Role.REVIEWER, this::checkAgain);
    }

    /**
     * A page of dead links.
     *
     * @param waiting the number of waiting resources of each kind
     * @param openReports the number of open reports of readers
     * @param counts the number of links by state
     * @param checks whether this library checks links
     * @param links the links, those that were recorded last first
     * @param next the address of the next page; null on the last page
     */
    public record DeadLinkList(
            Map<Kind, Long> waiting,
            long openReports,
            LinkCounts counts,
            boolean checks,
            List<DeadLinkView> links,
            @Nullable String next) {}

    /**
     * A dead link.
     *
     * @param address the address, shortened if it is long
     * @param link the same address if a page may link to it; null otherwise
     * @param reason why it does not work
     * @param detail further facts; may be empty
     * @param since since when it does not work; null if unknown
     * @param resources the first resources that have it
     * @param copy the address of the nearest living copy; null if no copy is known, or if a page may not link to it
     * @param isOfSource whether the copy is the page of the resource in the library that made it
     */
    public record DeadLinkView(
            long id,
            String address,
            @Nullable String link,
            String reason,
            String detail,
            @Nullable Instant since,
            List<LinkedResource> resources,
            @Nullable String copy,
            boolean isOfSource) {}

    /** A resource with a dead link. */
    public record LinkedResource(Text title, String address) {}

    private void list(Visit visit) {
        Optional<Long> before = id(visit.parameter("before"));
        // One more than is shown, to detect further ones.
        List<DeadLink> found = storage.links().dead(before.orElse(Long.MAX_VALUE), PAGE + 1);
        List<DeadLink> shown = found.subList(0, Math.min(found.size(), PAGE));
        Map<Guid, Resource> resources = storage.resources()
                .find(shown.stream().flatMap(link -> link.resources().stream()).toList());
        Map<Kind, Long> waiting = storage.reviewQueue().counts(InboxFilter.ALL);
        visit.setWaiting(waiting.values().stream().mapToLong(Long::longValue).sum());
        DeadLinkList list = new DeadLinkList(
                waiting,
                storage.problemReports().openCount(),
                storage.links().counts(),
                checks,
                shown.stream().map(link -> view(visit, link, resources)).toList(),
                found.size() > PAGE ? ADDRESS + "?before=" + shown.get(PAGE - 1).id() : null);
        Map<String, Object> values = new HashMap<>(Map.of("list", list));
        visit.render("review/links", values);
    }

    private DeadLinkView view(Visit visit, DeadLink link, Map<Guid, Resource> resources) {
        List<LinkedResource> having = new ArrayList<>();
        for (Guid guid : link.resources()) {
            Resource resource = resources.get(guid);
            if (resource != null) {
                Text title = visit.words().text(resource.content().title());
                having.add(new LinkedResource(
                        new Text(title.language(), Excerpt.of(title.value(), LONGEST_TITLE)),
                        "/resources/" + guid + "/edit"));
            }
        }
        LinkProblem problem = link.state().problem();
        // A file that is here is nearer than any other copy.
        DeadLink.Copy copy = carried.apply(link.address())
                .map(path -> new DeadLink.Copy(path, false))
                .orElse(link.copy());
        return new DeadLinkView(
                link.id(),
                Excerpt.of(link.address(), LONGEST_ADDRESS),
                SafeHtml.address(link.address()),
                problem == null ? "" : visit.say("links.problem." + EnumWord.of(problem)),
                link.state().detail(),
                link.state().failingSince(),
                having,
                copy == null ? null : SafeHtml.address(copy.address()),
                copy != null && copy.isOfSource());
    }

    private static Optional<Long> id(String number) {
        return number.matches("[1-9]\\d{0,17}") ? Optional.of(Long.valueOf(number)) : Optional.empty();
    }

    private void checkAgain(Visit visit) {
        Optional<Long> id = id(visit.ctx().pathParam("id"));
        if (id.isEmpty()) {
            visit.notFound();
            return;
        }
        Optional<String> address = trail.recorded(
                () -> storage.links().checkAgain(id.get(), clock.instant()),
                found -> found.map(each -> new AuditTrail.Note(
                        AuditAction.LINK_CHECKED_AGAIN, null, Map.of("link", Excerpt.of(each, LONGEST_ADDRESS)))));
        visit.go(ADDRESS, !checks ? "links.off" : address.isPresent() ? "links.due" : "links.due.not");
    }
}
