package org.librarypeers.app.api;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.domain.Status;
import org.librarypeers.http.wire.OrbJson;
import org.librarypeers.http.wire.ResourceDocument;
import org.librarypeers.http.wire.Site;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.CatalogueQuery.Place;
import org.librarypeers.sync.catalogue.Deletion;
import org.librarypeers.sync.catalogue.FeedPage;
import org.librarypeers.sync.catalogue.ListedResource;
import org.librarypeers.sync.catalogue.Viewer;
import org.librarypeers.sync.library.Freshness;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.library.ReadAccess;
import org.librarypeers.sync.storage.Slice;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The read endpoints for resources: the list, single resources, sets of ids, and the search. */
final class ResourceEndpoints {

    private static final int SEARCH_PAGE = 20;

    /** The format of the full feed in entity tags. Change it with the format. */
    private static final String FEED_FORMAT = "full feed 2";

    private final LibraryStorage storage;
    private final OrbRequests requests;
    private final Supplier<OrbSchema> schema;
    private final ServedChanges served;

    ResourceEndpoints(LibraryStorage storage, OrbRequests requests, Supplier<OrbSchema> schema, ServedChanges served) {
        this.storage = storage;
        this.served = served;
        this.requests = requests;
        this.schema = schema;
    }

    /** Returns access to everything that was committed before the request, because peers rely on it (ADR 17). */
    private ReadAccess reads() {
        return storage.reading(Freshness.CURRENT);
    }

    void list(Context ctx, Account caller) {
        ListRequest request = ListRequest.of(ctx.path(), ctx.queryParamMap(), schema.get());
        String language = requests.shownIn(ctx);
        if (request.position() != null) {
            full(ctx, caller, request, request.position(), language);
            return;
        }
        String ordered = requests.language(ctx);
        Slice<ListedResource> slice = reads().catalogue().list(request.query(Viewer.of(caller), ordered));
        Site site = requests.site(ctx);
        List<ListedResource> found = slice.items();
        served.serve(caller, found.stream().map(ListedResource::updated));
        List<ObjectNode> objects = found.stream()
                .map(resource -> ResourceDocument.listed(resource, site, language))
                .toList();
        String next =
                slice.last() || found.isEmpty() ? null : request.next(Place.of(found.get(found.size() - 1), ordered));
        OrbResponses.found(ctx, request.paging().page(objects, slice.total(), next), language);
    }

    /**
     * Sends a page of the full feed. The next page begins after the feed position of the last entry or deletion. {@code meta.after}
     * states this position on every page, including the last one.
     */
    private void full(Context ctx, Account caller, ListRequest request, long after, String language) {
        int limit = request.paging().limit();
        ReadAccess reads = reads();
        FeedPage feed = reads.catalogue().feed(after, limit);
        served.serve(
                caller,
                Stream.concat(
                        feed.changes().stream().map(entry -> entry.resource().updated()),
                        feed.deletions().stream().map(Deletion::at)));
        Site site = requests.site(ctx);
        LibraryId server = storage.id();
        String next = feed.last() ? null : request.paging().link(Paging.AFTER, feed.position());
        long total = reads.resources().counts().getOrDefault(Status.APPROVED, 0L);
        OrbResponses.feed(ctx, state(site, server, next, after, limit, total, feed), language, page -> {
            page.writeStartObject();
            page.writeName("meta");
            page.writeTree(OrbJson.meta(limit, 0, total, next, null).put("after", feed.position()));
            page.writeName("objects");
            ResourceDocument.writeFeed(page, feed, site, server);
            page.writeEndObject();
        });
    }

    private void serve(Account caller, List<CatalogueEntry> entries) {
        served.serve(caller, entries.stream().map(entry -> entry.resource().updated()));
    }

    /**
     * Returns everything that determines a page of the full feed. The version of an entry changes with every change of
     * the resource; its update date also changes with its image. The redirect of a deletion may change.
     */
    private static String state(
            Site site, LibraryId server, @Nullable String next, long after, int limit, long total, FeedPage feed) {
        StringBuilder state = new StringBuilder(String.join(
                "\n", FEED_FORMAT, site.base(), site.languages().toString(), server.toString(), String.valueOf(next)));
        state.append('\n').append(after).append(' ').append(limit).append(' ').append(total);
        for (CatalogueEntry entry : feed.changes()) {
            state.append('\n')
                    .append(entry.id())
                    .append(' ')
                    .append(entry.position())
                    .append(' ')
                    .append(entry.resource().version())
                    .append(' ')
                    .append(entry.resource().updated());
        }
        feed.deletions().forEach(deletion -> state.append('\n').append(deletion));
        return state.toString();
    }

    void detail(Context ctx, Account caller) {
        Catalogue catalogue = reads().catalogue();
        CatalogueEntry entry = seen(catalogue, caller, OrbRequests.id(ctx)).orElseThrow(RefusedException::notFound);
        serve(caller, List.of(entry));
        String language = requests.shownIn(ctx);
        boolean full = "true".equals(ctx.queryParam("full"));
        Site site = requests.site(ctx);
        OrbResponses.found(
                ctx,
                full
                        ? ResourceDocument.full(entry, site, storage.id())
                        : ResourceDocument.detail(entry, site, language, repeated(catalogue, List.of(entry))),
                language);
    }

    private static Set<Guid> repeated(Catalogue catalogue, List<CatalogueEntry> entries) {
        return catalogue.repeatedAttachments(entries.stream()
                .map(entry -> entry.resource().content())
                .flatMap(content -> content.attachments().stream().map(Attachment::guid))
                .toList());
    }

    private static Optional<CatalogueEntry> seen(Catalogue catalogue, Account caller, long id) {
        return catalogue.find(id).filter(Viewer.of(caller)::sees);
    }

    void set(Context ctx, Account caller) {
        Catalogue catalogue = reads().catalogue();
        String language = requests.shownIn(ctx);
        Site site = requests.site(ctx);
        List<CatalogueEntry> entries = new ArrayList<>();
        ObjectNode set = set(
                ctx,
                id -> seen(catalogue, caller, id)
                        .map(entry -> {
                            entries.add(entry);
                            return entry;
                        })
                        .map(entry -> ResourceDocument.listed(ListedResource.of(entry), site, language))
                        .orElse(null));
        serve(caller, entries);
        OrbResponses.found(ctx, set, language);
    }

    /** A lookup of objects by id. It returns null for an unknown id. */
    interface ById {
        @Nullable
        ObjectNode find(long id);
    }

    /** Returns the objects for the ids in the path, and the ids that were not found. */
    static ObjectNode set(Context ctx, ById byId) {
        List<ObjectNode> found = new ArrayList<>();
        List<String> notFound = new ArrayList<>();
        String[] ids = ctx.pathParam("ids").split(";", -1);
        if (ids.length > Paging.MAX_LIMIT) {
            throw RefusedException.badRequest("A set has at most " + Paging.MAX_LIMIT + " ids.");
        }
        for (String id : ids) {
            ObjectNode object = byId.find(OrbRequests.id(id));
            if (object == null) {
                notFound.add(id);
            } else {
                found.add(object);
            }
        }
        ObjectNode set = JsonNodeFactory.instance.objectNode();
        if (!notFound.isEmpty()) {
            notFound.forEach(set.putArray("not_found")::add);
        }
        found.forEach(set.putArray("objects")::add);
        return set;
    }

    void search(Context ctx, Account caller) {
        String words = ctx.queryParam("q");
        if (words == null || words.isBlank()) {
            throw RefusedException.data(6000, "Please supply a string to search for");
        }
        int page = page(ctx.queryParam("page"));
        String language = requests.shownIn(ctx);
        Site site = requests.site(ctx);
        Catalogue catalogue = reads().catalogue();
        List<CatalogueEntry> entries = catalogue.search(words, (page - 1) * SEARCH_PAGE, SEARCH_PAGE);
        if (entries.isEmpty() && page > 1) {
            throw RefusedException.notProcessed(404);
        }
        serve(caller, entries);
        ObjectNode found = JsonNodeFactory.instance.objectNode();
        ArrayNode objects = found.putArray("objects");
        Set<Guid> repeated = repeated(catalogue, entries);
        entries.forEach(entry -> objects.add(ResourceDocument.detail(entry, site, language, repeated)));
        OrbResponses.found(ctx, found, language);
    }

    private static int page(@Nullable String page) {
        if (page == null) {
            return 1;
        }
        if (!page.strip().matches("[+-]?\\d{1,6}")) {
            throw RefusedException.notProcessed(page.strip().matches("[+-]?\\d+") ? 404 : 500);
        }
        int number = Integer.parseInt(page.strip());
        if (number < 1) {
            throw RefusedException.notProcessed(404);
        }
        return number;
    }
}
