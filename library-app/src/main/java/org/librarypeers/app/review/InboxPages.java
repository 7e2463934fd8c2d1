package org.librarypeers.app.review;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.ContentDiff;
import org.librarypeers.app.web.Excerpt;
import org.librarypeers.app.web.FormData;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.app.web.Wording;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Remark;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Revision;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.ReviewResult;
import org.librarypeers.sync.ReviewService;
import org.librarypeers.sync.ReviewedRevision;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.storage.InboxFilter;
import org.librarypeers.sync.storage.InboxFilter.Kind;
import org.librarypeers.sync.storage.Withdrawal;

/** The inbox of reviewers: the resources that wait for a review, and decisions on several of them. */
public final class InboxPages {

    private static final int PAGE = 20;
    private static final int BEGINNING = 220;
    private static final int TAGS = 6;
    private static final int DIFFERENCES = 3;
    private static final int DIFFERENCE = 400;
    private static final int MOST_PEERS = 100;

    private final LibraryStorage storage;
    private final List<String> contentLanguages;
    private final ReviewService review;

    /** Creates the pages with these services. */
    public InboxPages(LibraryStorage storage, ReviewService review, List<String> contentLanguages) {
        this.storage = storage;
        this.contentLanguages = contentLanguages;
        this.review = review;
    }

    /** Adds these pages to the routes. */
    public void routes(PageRoutes routes) {
        routes.get("/review", Role.REVIEWER, visit -> show(visit, 200, new FormData(), Set.of()));
        routes.post("/review", Role.REVIEWER, this::decide);
    }

    /** One page of the inbox, with the addresses of its neighbours; these are null if there are none. */
    private record InboxSlice(
            List<CatalogueEntry> entries,
            @Nullable String previous,
            @Nullable String next) {}

    private InboxSlice part(Visit visit, InboxRequest request) {
        Guid before = Guid.parse(visit.parameter("before")).orElse(null);
        if (before != null) {
            List<Guid> found = review.inboxBefore(request.kind(), request.filter(), before, PAGE + 1);
            boolean more = found.size() > PAGE;
            List<Guid> shown = more ? found.subList(1, found.size()) : found;
            if (!shown.isEmpty()) {
                return part(request, shown, more, true);
            }
        }
        Guid after = before == null ? Guid.parse(visit.parameter("after")).orElse(null) : null;
        List<Guid> found = review.inbox(request.kind(), request.filter(), after, PAGE + 1);
        if (found.isEmpty() && after != null) {
            // All resources of that page have been decided on, so show the first page.
            after = null;
            found = review.inbox(request.kind(), request.filter(), null, PAGE + 1);
        }
        boolean more = found.size() > PAGE;
        return part(request, more ? found.subList(0, PAGE) : found, after != null, more);
    }

    private InboxSlice part(InboxRequest request, List<Guid> shown, boolean earlier, boolean later) {
        return new InboxSlice(
                storage.catalogue().find(shown),
                earlier ? request.address("before", shown.get(0)) : null,
                later ? request.address("after", shown.get(shown.size() - 1)) : null);
    }

    private void show(Visit visit, int status, FormData form, Set<String> chosen) {
        InboxRequest request = InboxRequest.of(visit, storage.tags());
        InboxSlice part = part(visit, request);
        List<Peer> peers = storage.peers().all();
        SourceNames sources = new SourceNames(
                storage.peers(),
                peers,
                part.entries.stream().map(CatalogueEntry::resource).toList());
        List<Guid> guids =
                part.entries.stream().map(entry -> entry.resource().guid()).toList();
        Map<Guid, Withdrawal> withdrawn = review.withdrawn(guids);
        Map<Guid, Revision> decidedOn =
                request.kind() == Kind.CHANGED_UPSTREAM ? storage.resources().lastDecidedOn(guids) : Map.of();
        Map<Kind, Long> counts = review.inboxCounts(request.filter());
        if (request.filter().equals(InboxFilter.ALL)) {
            visit.setWaiting(counts.values().stream().mapToLong(Long::longValue).sum());
        }
        Map<Guid, List<Remark>> remarks = storage.harvest().remarks(guids);
        List<InboxView.InboxRow> rows = part.entries.stream()
                .map(entry -> row(
                        visit,
                        request,
                        sources,
                        entry,
                        withdrawn.get(entry.resource().guid()),
                        decidedOn.get(entry.resource().guid()),
                        remarks.getOrDefault(entry.resource().guid(), List.of()).size(),
                        chosen))
                .toList();
        InboxView view = new InboxView(
                request,
                counts,
                rows,
                part.previous,
                part.next,
                peers.subList(0, Math.min(MOST_PEERS, peers.size())),
                languages(request, rows),
                rows.stream()
                        .flatMap(row -> row.tags().stream().map(InboxView.TagFilterLink::name))
                        .distinct()
                        .toList());
        visit.render(status, "review/inbox", Map.of("inbox", view, "form", form));
    }

    private List<String> languages(InboxRequest request, List<InboxView.InboxRow> rows) {
        Set<String> languages = new LinkedHashSet<>(contentLanguages);
        rows.forEach(row -> languages.addAll(row.languages()));
        String requested = request.filter().language();
        if (requested != null) {
            languages.add(requested);
        }
        return List.copyOf(languages);
    }

    private static InboxView.InboxRow row(
            Visit visit,
            InboxRequest request,
            SourceNames sources,
            CatalogueEntry entry,
            @Nullable Withdrawal withdrawal,
            @Nullable Revision decidedOn,
            int remarks,
            Set<String> chosen) {
        Resource resource = entry.resource();
        String seen = resource.guid() + ":"
                + ReviewedRevision.of(resource, withdrawal != null).word();
        Revision toReview = resource.toReview();
        Instant since = request.kind() == Kind.WITHDRAWN && withdrawal != null ? withdrawal.since() : toReview.at();
        Revision before = resource.revisions().waiting() != null ? resource.revision() : decidedOn;
        return new InboxView.InboxRow(
                request.address(resource.guid()),
                visit.title(toReview.content()),
                beginning(visit, toReview.content()),
                sources.name(visit, resource),
                sources.maker(resource),
                visit.say("review.since." + request.word(), visit.time(since)),
                request.kind() != Kind.CHANGED_UPSTREAM || before == null ? null : brief(visit, before, toReview),
                resource.status().word(),
                List.copyOf(toReview.content().title().languages()),
                tags(visit, request, entry),
                Math.max(0, resource.content().tags().size() - TAGS),
                remarks,
                seen,
                chosen.contains(seen));
    }

    /** Returns only the first differences. The review page of the resource shows all of them. */
    private static ContentDiff brief(Visit visit, Revision before, Revision toReview) {
        return ContentDiff.between(before.content(), toReview.content(), visit.words())
                .brief(DIFFERENCES, DIFFERENCE);
    }

    private static Wording.Text beginning(Visit visit, ResourceContent content) {
        Wording.Text html =
                visit.words().text(content.description(), visit.words().order(content));
        return new Wording.Text(html.language(), Excerpt.ofHtml(html.value(), BEGINNING));
    }

    private static List<InboxView.TagFilterLink> tags(Visit visit, InboxRequest request, CatalogueEntry entry) {
        List<Tag> tags = entry.resource().content().tags();
        List<InboxView.TagFilterLink> links = new ArrayList<>();
        for (int i = 0; i < Math.min(TAGS, tags.size()); i++) {
            String name = visit.text(tags.get(i).names()).value();
            links.add(new InboxView.TagFilterLink(
                    name.isEmpty() ? tags.get(i).name() : name,
                    request.tagged(entry.taggings().get(i).slug()).address()));
        }
        return links;
    }

    private void decide(Visit visit) {
        Optional<DecisionWord> decision = DecisionWord.of(visit.field("do").replace("-shown", ""));
        String field = visit.field("do").endsWith("-shown") ? "shown" : "chosen";
        List<String> words = visit.ctx().formParams(field);
        Map<Guid, ReviewedRevision> seen = seen(words);
        FormData form = DecisionWord.note(visit);
        if (decision.isEmpty() || seen.isEmpty()) {
            form.refuse("chosen", visit.say("review.choose"));
        }
        if (!form.isGood()) {
            show(visit, 422, form, Set.copyOf(visit.ctx().formParams("chosen")));
            return;
        }
        ReviewResult result = review.decide(
                decision.orElseThrow().status(), seen, visit.signedIn().name(), form.value("note"));
        String query = visit.ctx().queryString();
        visit.go(
                "/review" + (query == null ? "" : "?" + query),
                decision.orElseThrow().key("many"),
                result.changed() + result.unchanged(),
                result.decided(Status.APPROVED),
                result.decided(Status.REJECTED),
                result.decided().size() - result.decided(Status.APPROVED) - result.decided(Status.REJECTED),
                result.unread().size() - result.decided().size(),
                result.unknown().size());
    }

    private static Map<Guid, ReviewedRevision> seen(List<String> words) {
        Map<Guid, ReviewedRevision> all = new LinkedHashMap<>();
        for (String word : words) {
            String[] parts = word.split(":", 2);
            Optional<Guid> guid = Guid.parse(parts[0]);
            Optional<ReviewedRevision> seen = parts.length < 2 ? Optional.empty() : ReviewedRevision.ofWord(parts[1]);
            if (guid.isPresent() && seen.isPresent()) {
                all.put(guid.get(), seen.get());
            }
        }
        return all;
    }
}
