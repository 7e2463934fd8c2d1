package org.librarypeers.app.review;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.files.CarriedFiles;
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
import org.librarypeers.sync.links.LinkState;
import org.librarypeers.sync.storage.InboxFilter;
import org.librarypeers.sync.storage.InboxFilter.Kind;
import org.librarypeers.sync.storage.Withdrawal;

/** The inbox of reviewers: the resources that wait for a review, and decisions on several of them. */
public final class InboxPages {

    private static final int BEGINNING = 220;
    private static final int TAGS = 6;
    private static final int DIFFERENCES = 3;
    private static final int DIFFERENCE = 400;
    private static final int MOST_PEERS = 100;

    private final LibraryStorage storage;
    private final ReviewService review;
    private final ReviewViews views;
    private final InboxSlices slices;
    private final ListDecisions lists;
    private final DeadLinkMarks marks;

    /**
     * Creates the pages with these services.
     *
     * @param lists the decisions on whole lists
     * @param carried the files that bundles brought
     * @param marks the marks of dead links
     */
    public InboxPages(
            LibraryStorage storage,
            ReviewService review,
            ListDecisions lists,
            CarriedFiles carried,
            DeadLinkMarks marks) {
        this.storage = storage;
        this.review = review;
        this.lists = lists;
        this.marks = marks;
        this.views = new ReviewViews(storage, review, carried, marks);
        this.slices = new InboxSlices(storage.catalogue(), review);
    }

    /** Adds these pages to the routes. */
    public void routes(PageRoutes routes) {
        routes.get("/review", Role.REVIEWER, visit -> show(visit, 200, new FormData(), Selection.NONE));
        routes.post("/review", Role.REVIEWER, this::decide);
    }

    private void show(Visit visit, int status, FormData form, Selection selection) {
        InboxRequest asked = InboxRequest.of(visit, storage.tags());
        // Taken before the list is read: what comes later is not decided on with the list.
        String mark = review.inboxMark().orElse("");
        Guid item = Guid.parse(visit.parameter("item")).orElse(null);
        InboxSlices.InboxSlice slice = slices.sliceWith(visit, asked, item);
        InboxRequest request = slice.request();
        Resource read = item == null
                ? slice.entries().stream()
                        .map(CatalogueEntry::resource)
                        .findFirst()
                        .orElse(null)
                : slice.find(item).or(() -> storage.resources().find(item)).orElse(null);
        List<Peer> peers = storage.peers().all();
        List<Resource> resources = new ArrayList<>(
                slice.entries().stream().map(CatalogueEntry::resource).toList());
        if (read != null) {
            resources.add(read);
        }
        SourceNames sources = new SourceNames(storage.peers(), peers, resources);
        Set<Guid> guids = resources.stream().map(Resource::guid).collect(Collectors.toCollection(LinkedHashSet::new));
        Map<Guid, Withdrawal> withdrawn = review.withdrawn(guids);
        Map<Guid, Revision> decidedOn =
                request.kind() == Kind.CHANGED_UPSTREAM ? storage.resources().lastDecidedOn(guids) : Map.of();
        Map<Kind, Long> counts = review.inboxCounts(request.filter());
        if (request.filter().equals(InboxFilter.ALL)) {
            visit.setWaiting(counts.values().stream().mapToLong(Long::longValue).sum());
        }
        Map<Guid, List<Remark>> remarks = storage.harvest().remarks(guids);
        Map<String, LinkState> dead = marks.dead(resources);
        List<InboxView.InboxRow> rows = slice.entries().stream()
                .map(entry -> row(
                        visit,
                        request,
                        sources,
                        entry,
                        withdrawn.get(entry.resource().guid()),
                        decidedOn.get(entry.resource().guid()),
                        remarks.getOrDefault(entry.resource().guid(), List.of()).size(),
                        dead.keySet(),
                        selection))
                .toList();
        ReviewView beside = read == null
                ? null
                : views.view(
                        visit,
                        request,
                        read,
                        new ReviewViews.Surroundings(
                                sources,
                                withdrawn.get(read.guid()),
                                remarks.getOrDefault(read.guid(), List.of()),
                                views.before(read),
                                dead,
                                slice.around(read.guid())
                                        .orElseGet(() -> review.inboxAround(
                                                request.kind(), request.filter(), request.order(), read.guid()))));
        InboxView view = new InboxView(
                request,
                counts,
                storage.problemReports().openCount(),
                storage.links().deadCount(),
                rows,
                selection.page(),
                selection.list(),
                mark,
                slice.previous(),
                slice.next(),
                beside,
                item != null,
                peers.subList(0, Math.min(MOST_PEERS, peers.size())),
                languages(visit, request, rows),
                rows.stream()
                        .flatMap(row -> row.tags().stream().map(InboxView.TagFilterLink::name))
                        .distinct()
                        .toList());
        Map<String, Object> values = new HashMap<>(Map.of("inbox", view, "form", form));
        LastAction.of(visit, storage, review).ifPresent(last -> values.put("last", last));
        visit.render(status, "review/inbox", values);
    }

    private static List<String> languages(Visit visit, InboxRequest request, List<InboxView.InboxRow> rows) {
        Set<String> languages = new LinkedHashSet<>(visit.contentLanguages());
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
            Set<String> dead,
            Selection selection) {
        Resource resource = entry.resource();
        String seen = resource.guid() + ":"
                + ReviewedRevision.of(resource, withdrawal != null).word();
        Revision toReview = resource.toReview();
        Instant since = request.kind() == Kind.WITHDRAWN && withdrawal != null ? withdrawal.since() : toReview.at();
        Revision before = resource.revisions().waiting() != null ? resource.revision() : decidedOn;
        return new InboxView.InboxRow(
                resource.guid().toString(),
                request.address(resource.guid()),
                visit.title(toReview.content()),
                beginning(visit, toReview.content()),
                sources.name(visit, resource),
                sources.maker(resource),
                since,
                request.kind() != Kind.CHANGED_UPSTREAM || before == null ? null : brief(visit, before, toReview),
                resource.status().word(),
                List.copyOf(toReview.content().title().languages()),
                tags(visit, request, entry),
                Math.max(0, resource.content().tags().size() - TAGS),
                remarks,
                (int) DeadLinkMarks.addresses(resource).stream()
                        .filter(dead::contains)
                        .count(),
                seen,
                selection.seen().contains(seen));
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

    /** The selected resources of the shown list: some, all of the page, or all of the list. */
    private record Selection(Set<String> seen, boolean page, boolean list) {

        static final Selection NONE = new Selection(Set.of(), false, false);

        static Selection of(Visit visit) {
            boolean page = visit.field("page").equals("yes");
            // Without the whole page, the choice of the whole list is not visible.
            return new Selection(
                    Set.copyOf(visit.ctx().formParams(page ? "shown" : "chosen")),
                    page,
                    page && visit.field("list").equals("yes"));
        }
    }

    private void decide(Visit visit) {
        Selection selection = Selection.of(visit);
        Optional<DecisionWord> decision = DecisionWord.of(visit.field("do"));
        if (selection.list()) {
            decideAll(visit, selection, decision);
            return;
        }
        Map<Guid, ReviewedRevision> seen = seen(selection.seen());
        FormData form = DecisionWord.note(visit);
        if (decision.isEmpty() || seen.isEmpty()) {
            form.refuse("chosen", visit.say("review.choose"));
        }
        if (!form.isGood()) {
            show(visit, 422, form, selection);
            return;
        }
        UUID action = UUID.randomUUID();
        ReviewResult result = review.decide(
                action, decision.orElseThrow().status(), seen, visit.signedIn().name(), form.value("note"));
        if (result.changed() + result.unchanged() > 0) {
            LastAction.remember(visit, action);
        }
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

    /** Decides on the whole list as it was shown, after a page that asks for a confirmation with the exact number. */
    private void decideAll(Visit visit, Selection selection, Optional<DecisionWord> decision) {
        InboxRequest request = InboxRequest.of(visit, storage.tags());
        String mark = visit.field("mark");
        boolean isSure = visit.field("sure").equals("yes");
        FormData form = DecisionWord.note(visit).with("mark", mark);
        Optional<Long> count = decision.isEmpty() ? Optional.empty() : lists.count(request, mark);
        // A form that is sent twice finds nothing left, but it gets the result of the first one.
        boolean isRepeated = isSure && decision.isPresent() && lists.knows(visit.field("action"));
        if (count.isEmpty() || (count.get() == 0 && !isRepeated)) {
            form.refuse("chosen", visit.say("review.all.none"));
        }
        if (!form.isGood()) {
            show(visit, 422, form, selection);
        } else if (isSure) {
            lists.decide(visit, request, decision.orElseThrow(), count.orElseThrow(), form);
        } else {
            lists.confirm(visit, request, decision.orElseThrow(), count.orElseThrow(), form);
        }
    }

    private static Map<Guid, ReviewedRevision> seen(Set<String> words) {
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
