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
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.content.BulkEdit;
import org.librarypeers.app.content.ResourceExport;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.catalogue.BrowseQuery;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.CatalogueTag;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.storage.Slice;

/** The pages on which many resources are changed alike, and the export of the resources that a filter finds. */
public final class BulkPages {

    /** The maximum number of resources that are changed at a time. */
    private static final int MOST = Catalogue.MAX_FOUND;

    private static final int BATCH = 100;
    private static final Set<String> ACTIONS = Set.of("add", "remove", "archive", "submit");
    private static final Set<String> NEED_NO_TAG = Set.of("archive", "submit");

    private final LibraryStorage storage;
    private final BulkEdit bulk;
    private final ResourceExport export;

    /** Creates the pages with these services. */
    public BulkPages(LibraryStorage storage, ResourceExport export, Clock clock) {
        this.storage = storage;
        this.bulk = new BulkEdit(storage, clock);
        this.export = export;
    }

    /** Adds these pages to the routes. */
    public void routes(PageRoutes routes) {
        routes.post("/resources/bulk", Role.REVIEWER, this::change);
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
        String label = NEED_NO_TAG.contains(action) ? "" : visit.field("label");
        boolean all = !visit.field("all").isEmpty();
        List<Guid> guids = all ? List.of() : selected(visit);
        BrowseQuery query = filter.query(visit, storage, peers);
        Optional<List<Guid>> found = all ? found(query) : Optional.of(guids);
        BulkEdit.Change change = ACTIONS.contains(action) ? change(visit, action, label) : null;
        String wrong = wrong(visit, action, change, found);
        if (wrong != null || change == null || found.isEmpty()) {
            show(visit, 422, new BulkView(filter, action, label, all, guids, 0, 0, false, wrong));
            return;
        }
        int count = bulk.count(found.get(), change);
        // The count is compared, so that nothing is changed that the person did not see.
        if (visit.field("count").equals(String.valueOf(count))) {
            int changed = bulk.apply(found.get(), change, label.isEmpty() ? action : action + " " + label);
            visit.go("/resources?" + filter.parameters(), "resources.bulk.done", changed);
        } else {
            show(
                    visit,
                    200,
                    new BulkView(
                            filter,
                            action,
                            label,
                            all,
                            guids,
                            found.get().size(),
                            count,
                            action.equals("add") && isNew(label),
                            null));
        }
    }

    private static @Nullable String wrong(
            Visit visit, String action, BulkEdit.@Nullable Change change, Optional<List<Guid>> found) {
        if (!ACTIONS.contains(action)) {
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

    /** Returns the change; null if it needs a tag and the label means none. */
    private BulkEdit.@Nullable Change change(Visit visit, String action, String label) {
        return switch (action) {
            case "archive" -> bulk.archiving();
            case "submit" -> bulk.submitting();
            default ->
                tag(label)
                        .map(tag -> action.equals("add")
                                ? bulk.adding(tag, visit.signedIn().name())
                                : bulk.removing(tag, visit.signedIn().name()))
                        .orElse(null);
        };
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
