package org.librarypeers.app.staff;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.Library;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.Provenance;
import org.librarypeers.sync.port.BrowseQuery;
import org.librarypeers.sync.port.CatalogueEntry;
import org.librarypeers.sync.port.Slice;
import org.librarypeers.sync.port.Source;
import org.librarypeers.sync.port.StaleResourceException;
import org.librarypeers.sync.port.Viewer;

/** The resources of every status, for those who work on them, and what each said before. */
final class ResourcePages {

    private static final int PAGE = 25;
    private static final int MOST_PAGES = 10_000;

    private final Library library;

    ResourcePages(Library library) {
        this.library = library;
    }

    void routes(PageRoutes routes) {
        routes.get("/resources", Role.CONTRIBUTOR, this::list);
        routes.get("/resources/{guid}/history", Role.CONTRIBUTOR, this::history);
        routes.post("/resources/{guid}/restore", Role.CONTRIBUTOR, this::restore);
        routes.post("/resources/{guid}/archive", Role.REVIEWER, this::archive);
    }

    /** The GUID in the path; nothing if it is none. */
    static Optional<Guid> guid(Visit visit) {
        try {
            return Optional.of(Guid.of(visit.ctx().pathParam("guid")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void list(Visit visit) {
        Viewer viewer = Viewer.of(visit.signedIn());
        int page = page(visit.parameter("page"));
        Status status = status(visit.parameter("status"));
        List<Peer> peers = library.storage().peers().all();
        BrowseQuery query =
                BrowseQuery.allFor(viewer).holding(visit.parameter("words")).from(source(visit.parameter("from")));
        if (status != null) {
            query = query.of(status);
        }
        Slice<CatalogueEntry> found =
                library.storage().catalogue().browse(query, BrowseQuery.Order.NEWEST_FIRST, (page - 1) * PAGE, PAGE);
        Map<PeerId, String> names = new HashMap<>();
        peers.forEach(peer -> names.put(peer.id(), peer.name()));
        Map<String, Object> values = new HashMap<>();
        values.put("entries", found.items());
        values.put("total", found.total());
        values.put("page", page);
        values.put("last", found.last());
        values.put("peers", peers);
        values.put("names", names);
        visit.render("resources/list", values);
    }

    static int page(String text) {
        int page = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 1;
        return Math.max(1, Math.min(page, MOST_PAGES));
    }

    private static @Nullable Status status(String word) {
        for (Status status : Status.values()) {
            if (status.word().equals(word)) {
                return status;
            }
        }
        return null;
    }

    private static @Nullable Source source(String text) {
        if (text.equals("here")) {
            return new Source.Here();
        }
        return text.matches("\\d{1,18}") ? new Source.Followed(new PeerId(Long.parseLong(text))) : null;
    }

    private void history(Visit visit) {
        CatalogueEntry entry = seen(visit).orElse(null);
        if (entry == null) {
            visit.notFound();
            return;
        }
        Provenance.History history =
                library.provenance().history(entry.resource().guid()).orElseThrow();
        visit.render(
                "resources/history", Map.of("history", history, "mayChange", ResourceEditing.mayChange(visit, entry)));
    }

    private Optional<CatalogueEntry> seen(Visit visit) {
        Viewer viewer = Viewer.of(visit.signedIn());
        return guid(visit)
                .flatMap(guid -> library.storage().catalogue().find(guid))
                .filter(viewer::sees);
    }

    private void restore(Visit visit) {
        CatalogueEntry entry = seen(visit)
                .filter(each -> ResourceEditing.mayChange(visit, each))
                .orElse(null);
        if (entry == null || !visit.field("revision").matches("\\d{1,9}")) {
            visit.notFound();
            return;
        }
        Guid guid = entry.resource().guid();
        int revision = Integer.parseInt(visit.field("revision"));
        String back = "/resources/" + guid + "/history";
        try {
            library.provenance().restore(guid, revision, visit.signedIn().name());
            visit.go(back, "resources.restored", revision);
        } catch (IllegalArgumentException | StaleResourceException e) {
            visit.go(back, "resources.restore.not");
        }
    }

    private void archive(Visit visit) {
        CatalogueEntry entry = seen(visit).orElse(null);
        if (entry == null) {
            visit.notFound();
            return;
        }
        Guid guid = entry.resource().guid();
        boolean done = library.storage().inTransaction(() -> {
            Resource resource =
                    library.storage().resources().findForUpdate(List.of(guid)).get(guid);
            if (resource == null || resource.status() != Status.APPROVED) {
                return false;
            }
            library.storage().resources().save(resource.archive(library.clock().instant()));
            return true;
        });
        visit.go("/resources/" + guid + "/edit", done ? "resources.archived" : "resources.archive.not");
    }
}
