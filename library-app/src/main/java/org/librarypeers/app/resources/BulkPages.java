package org.librarypeers.app.resources;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.content.BulkEdit;
import org.librarypeers.app.content.ResourceExport;
import org.librarypeers.app.web.Excerpt;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.UndoOffer;
import org.librarypeers.app.web.Visit;
import org.librarypeers.app.web.Website;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.UndoResult;
import org.librarypeers.sync.catalogue.BrowseQuery;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.CatalogueTag;
import org.librarypeers.sync.library.BulkChange;
import org.librarypeers.sync.library.BulkChange.Kind;
import org.librarypeers.sync.library.BulkChangeState;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.storage.Slice;

/**
 * The pages on which many resources are changed alike and such changes are undone, and the export of the resources that a filter
 * finds.
 */
public final class BulkPages {

    /** The maximum number of resources that are changed at a time. */
    private static final int MOST = Catalogue.MAX_FOUND;

    private static final int BATCH = 100;

    /** The path to which the form that undoes a change is submitted. */
    static final String UNDO = "/resources/bulk/undo";

    private static final int NAMED = 3;

    private final LibraryStorage storage;
    private final BulkEdit bulk;
    private final ResourceExport export;
    private final Clock clock;

    /** Creates the pages with these services. */
    public BulkPages(LibraryStorage storage, ResourceExport export, Clock clock) {
        this.storage = storage;
        this.bulk = new BulkEdit(storage, clock);
        this.export = export;
        this.clock = clock;
    }

    /** Adds these pages to the routes. */
    public void routes(PageRoutes routes) {
        routes.post("/resources/bulk", Role.REVIEWER, this::change);
        routes.post(UNDO, Role.REVIEWER, this::undo);
        routes.get("/resources/export", Role.REVIEWER, this::export);
    }

    /**
     * A change that waits for confirmation.
     *
     * @param action {@code add}, {@code remove}, {@code archive} or {@code submit}
     * @param label the tag as it was typed
     * @param all whether it concerns everything that the filter finds, not the selected resources only
     * @param guids the selected resources
     * @param selected the number of resources that are looked at
     * @param count the number of resources that would change
     * @param isNew whether it adds a tag that this library does not have yet
     * @param wrong why it cannot be done; null if it can
     */
    public record BulkView(
            ResourceFilter filter,
            String action,
            String label,
            boolean all,
            List<Guid> guids,
            int selected,
            int count,
            boolean isNew,
            @Nullable String wrong) {

        /** Copies the list. */
        public BulkView {
            guids = List.copyOf(guids);
        }
    }

    private void change(Visit visit) throws IOException {
        if (visit.field("do").equals("export")) {
            exportSelected(visit);
            return;
        }
        List<Peer> peers = storage.peers().all();
        ResourceFilter filter = ResourceFilter.read(visit, true, peers);
        String action = visit.field("action");
        Optional<Kind> kind = kind(action);
        String label = kind.filter(Kind::hasTag).isPresent() ? visit.field("label") : "";
        boolean all = !visit.field("all").isEmpty();
        List<Guid> guids = all ? List.of() : selected(visit);
        BrowseQuery query = filter.query(visit, storage, peers);
        Optional<List<Guid>> found = all ? found(query) : Optional.of(guids);
        Prepared prepared = kind.flatMap(each -> prepared(visit, each, label)).orElse(null);
        String wrong = wrong(visit, kind.isEmpty(), prepared, found);
        if (wrong != null || prepared == null || found.isEmpty()) {
            show(visit, 422, new BulkView(filter, action, label, all, guids, 0, 0, false, wrong));
            return;
        }
        int count = bulk.count(found.get(), prepared.change());
        // The count is compared, so that nothing is changed that the person did not see.
        if (visit.field("count").equals(String.valueOf(count))) {
            apply(visit, filter, found.get(), prepared);
        } else {
            boolean isNew = prepared.record().kind() == Kind.ADD && isNew(label);
            int size = found.get().size();
            show(visit, 200, new BulkView(filter, action, label, all, guids, size, count, isNew, null));
        }
    }

    private void apply(Visit visit, ResourceFilter filter, List<Guid> resources, Prepared prepared) {
        // Before the change, so that what was saved can be undone even if a later batch fails.
        LastChange.remember(visit, prepared.record().id());
        int changed = bulk.apply(resources, prepared.change(), prepared.record());
        if (changed == 0) {
            visit.go(filter.address(), "resources.bulk.done", changed);
        } else {
            visit.go(filter.address());
        }
    }

    private void undo(Visit visit) {
        Optional<BulkChangeState> change = UndoOffer.id(visit.field("action")).flatMap(storage.bulkChanges()::find);
        if (change.isEmpty()) {
            visit.notFound();
            return;
        }
        UndoResult result = bulk.undo(change.get(), visit.signedIn().name());
        LastChange.forget(visit);
        visit.go(
                Website.localPath(visit.field("next")),
                "resources.bulk.undone",
                result.undone(),
                result.changed().size(),
                result.already(),
                titles(visit, result.changed()));
    }

    /** Returns the titles of the first of these resources, as text. */
    private String titles(Visit visit, List<Guid> resources) {
        Map<Guid, Resource> found = storage.resources().find(resources.subList(0, Math.min(NAMED, resources.size())));
        String titles = found.values().stream()
                .map(resource -> Excerpt.of(visit.title(resource.content()).value(), UndoOffer.LONGEST_TITLE))
                .collect(Collectors.joining(" · "));
        return resources.size() > NAMED ? titles + " · …" : titles;
    }

    private static Optional<Kind> kind(String action) {
        return Stream.of(Kind.values())
                .filter(kind -> kind.word().equals(action))
                .findFirst();
    }

    private static @Nullable String wrong(
            Visit visit, boolean lacksAction, @Nullable Prepared change, Optional<List<Guid>> found) {
        if (lacksAction) {
            return visit.say("resources.bulk.action.missing");
        }
        if (change == null) {
            return visit.say("resources.bulk.tag.unknown");
        }
        if (found.isEmpty()) {
            return visit.say("resources.bulk.many", MOST);
        }
        return found.get().isEmpty() ? visit.say("resources.bulk.none") : null;
    }

    private static void show(Visit visit, int status, BulkView view) {
        visit.render(status, "resources/bulk", Map.of("bulk", view));
    }

    private static List<Guid> selected(Visit visit) {
        Set<Guid> guids = new LinkedHashSet<>();
        visit.ctx().formParams("guid").stream()
                .limit(MOST)
                .forEach(text -> Guid.parse(text).ifPresent(guids::add));
        return List.copyOf(guids);
    }

    /** A change that can be made, and what is recorded of it. */
    private record Prepared(BulkChange record, BulkEdit.Change change) {}

    /** Returns the change to make. Empty if it needs a tag and the label means none. */
    private Optional<Prepared> prepared(Visit visit, Kind kind, String label) {
        UserName by = visit.signedIn().name();
        return switch (kind) {
            case ADD -> tag(label).map(tag -> prepared(kind, TagVocabulary.label(tag), by, bulk.adding(tag, by)));
            case REMOVE -> tag(label).map(tag -> prepared(kind, TagVocabulary.label(tag), by, bulk.removing(tag, by)));
            case ARCHIVE -> Optional.of(prepared(kind, "", by, bulk.archiving()));
            case SUBMIT -> Optional.of(prepared(kind, "", by, bulk.submitting()));
        };
    }

    private Prepared prepared(Kind kind, String label, UserName by, BulkEdit.Change change) {
        return new Prepared(new BulkChange(UUID.randomUUID(), kind, label, by, clock.instant()), change);
    }

    private boolean isNew(String label) {
        return tag(label)
                .filter(tag ->
                        storage.curation().named(tag.category(), tag.name()).isEmpty())
                .isPresent();
    }

    private Optional<Tag> tag(String label) {
        if (label.isEmpty()) {
            return Optional.empty();
        }
        TagVocabulary vocabulary = new TagVocabulary(
                storage.tags().inUse().stream().map(CatalogueTag::tag).toList(),
                name -> storage.tags().named(name).map(CatalogueTag::tag));
        return vocabulary.meaning(label) instanceof TagVocabulary.Meaning.One one
                ? Optional.of(storage.tagRules().mapping().map(one.tag()))
                : Optional.empty();
    }

    /** Returns the resources that a query finds; an empty {@code Optional} if there are too many to change at a time. */
    private Optional<List<Guid>> found(BrowseQuery query) {
        List<Guid> guids = new ArrayList<>();
        for (int offset = 0; ; offset += BATCH) {
            Slice<CatalogueEntry> page =
                    storage.catalogue().browse(query, BrowseQuery.Order.NEWEST_FIRST, offset, BATCH);
            // A search with words finds at most this many, so there may be more.
            if (page.total() > MOST || (page.total() == MOST && !query.words().isBlank())) {
                return Optional.empty();
            }
            page.items().forEach(entry -> guids.add(entry.resource().guid()));
            if (page.last()) {
                return Optional.of(guids);
            }
        }
    }

    /** Exports the selected resources, or everything that the filter finds if that is chosen. */
    private void exportSelected(Visit visit) throws IOException {
        List<Peer> peers = storage.peers().all();
        ResourceFilter filter = ResourceFilter.read(visit, true, peers);
        BrowseQuery query = filter.query(visit, storage, peers);
        List<Guid> guids = selected(visit);
        if (!visit.field("all").isEmpty()) {
            export(visit, query);
        } else if (guids.isEmpty()) {
            String wrong = visit.say("resources.bulk.none");
            show(visit, 422, new BulkView(filter, "", "", false, guids, 0, 0, false, wrong));
        } else {
            PrintWriter out = download(visit);
            for (int from = 0; from < guids.size(); from += BATCH) {
                export.write(
                        out,
                        storage.catalogue().find(guids.subList(from, Math.min(from + BATCH, guids.size()))).stream()
                                .filter(query.viewer()::sees)
                                .toList());
            }
            out.flush();
        }
    }

    private void export(Visit visit) throws IOException {
        List<Peer> peers = storage.peers().all();
        export(visit, ResourceFilter.read(visit, false, peers).query(visit, storage, peers));
    }

    private static PrintWriter download(Visit visit) throws IOException {
        visit.ctx().contentType("application/jsonl; charset=utf-8");
        visit.ctx().header("Content-Disposition", "attachment; filename=\"resources.jsonl\"");
        return new PrintWriter(new OutputStreamWriter(visit.ctx().outputStream(), StandardCharsets.UTF_8), false);
    }

    private void export(Visit visit, BrowseQuery query) throws IOException {
        PrintWriter out = download(visit);
        if (query.words().isBlank()) {
            export.run(out, entry -> query.viewer().sees(entry) && matches(query, entry));
        } else {
            for (int offset = 0; offset < MOST; offset += BATCH) {
                export.write(
                        out,
                        storage.catalogue()
                                .browse(query, BrowseQuery.Order.BEST_FIRST, offset, BATCH)
                                .items());
            }
        }
        out.flush();
    }

    private static boolean matches(BrowseQuery query, CatalogueEntry entry) {
        String language = query.language();
        Set<Long> tags = new LinkedHashSet<>();
        entry.taggings().forEach(tagging -> tags.add(tagging.tag()));
        return query.statuses().contains(entry.resource().status())
                && tags.containsAll(query.tags())
                && (language == null
                        || entry.resource().content().title().in(language).isPresent())
                && (query.source() == null || comesFrom(query, entry));
    }

    private static boolean comesFrom(BrowseQuery query, CatalogueEntry entry) {
        return query.source() == null
                || query.source()
                        .match(
                                here -> entry.resource().origin().match(local -> true, from -> false),
                                maker -> entry.resource()
                                        .origin()
                                        .match(
                                                local -> false,
                                                from -> maker.host().equals(from.sourceHost())),
                                followed -> entry.resource()
                                        .origin()
                                        .match(
                                                local -> false,
                                                from -> followed.peer().equals(from.peer())));
    }
}
