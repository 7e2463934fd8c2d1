package org.librarypeers.app.api;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.librarypeers.app.content.Authoring;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Tag;
import org.librarypeers.http.wire.ResourceDocument;
import org.librarypeers.http.wire.Site;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.CataloguePart;
import org.librarypeers.sync.catalogue.CataloguePart.Kind;
import org.librarypeers.sync.catalogue.CatalogueTag;
import org.librarypeers.sync.catalogue.TagRepository;
import org.librarypeers.sync.catalogue.Viewer;
import org.librarypeers.sync.library.Freshness;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.storage.Slice;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The API endpoints for the attachments and taggings of resources: reading, adding and deleting them. */
final class CataloguePartEndpoints {

    private final LibraryStorage storage;
    private final Catalogue catalogue;
    private final TagRepository tags;
    private final Authoring authoring;
    private final OrbRequests requests;

    CataloguePartEndpoints(LibraryStorage storage, Authoring authoring, OrbRequests requests) {
        this.storage = storage;
        this.catalogue = storage.catalogue();
        this.tags = storage.tags();
        this.authoring = authoring;
        this.requests = requests;
    }

    /** Returns the resources for a request that only reads. */
    private Catalogue reads() {
        return storage.reading(Freshness.CURRENT).catalogue();
    }

    void list(Context ctx, Account caller, Kind kind, OrbSchema schema) {
        schema.filters(ctx.queryParamMap());
        schema.order(ctx.queryParamMap());
        Paging paging = Paging.of(ctx.path(), ctx.queryParamMap());
        Slice<CataloguePart> slice = reads().parts(kind, Viewer.of(caller), paging.offset(), paging.limit());
        String language = requests.shownIn(ctx);
        Site site = requests.site(ctx);
        List<ObjectNode> objects = slice.items().stream()
                .map(part -> ResourceDocument.part(part, site, language))
                .toList();
        OrbResponses.found(ctx, paging.page(objects, slice.total()), language);
    }

    void detail(Context ctx, Account caller, Kind kind) {
        CataloguePart part = seen(reads(), caller, kind, OrbRequests.id(ctx)).orElseThrow(RefusedException::notFound);
        String language = requests.shownIn(ctx);
        OrbResponses.found(ctx, ResourceDocument.part(part, requests.site(ctx), language), language);
    }

    void set(Context ctx, Account caller, Kind kind) {
        Catalogue reads = reads();
        String language = requests.shownIn(ctx);
        Site site = requests.site(ctx);
        OrbResponses.found(
                ctx,
                ResourceEndpoints.set(
                        ctx,
                        id -> seen(reads, caller, kind, id)
                                .map(part -> ResourceDocument.part(part, site, language))
                                .orElse(null)),
                language);
    }

    private static Optional<CataloguePart> seen(Catalogue from, Account caller, Kind kind, long id) {
        return from.findPart(kind, id).filter(part -> Viewer.of(caller).sees(part.entry()));
    }

    /** Adds a link to a resource. */
    void addLink(Context ctx, Account caller) {
        ObjectNode body = OrbRequests.body(ctx);
        CatalogueEntry entry = resource(body, caller);
        Attachment link = link(body, requests.language(ctx));
        ResourceWriteEndpoints.requireWriter(caller, entry);
        CatalogueEntry changed =
                edit(entry, caller, content -> content.toBuilder().attach(link).build());
        String language = requests.shownIn(ctx);
        ObjectNode answer = ResourceDocument.part(CataloguePart.of(changed, link), requests.site(ctx), language);
        answer.set("resource_id", body.path("resource_id"));
        added(ctx, "resourceurl", answer, language);
    }

    private static Attachment link(ObjectNode body, String language) {
        try {
            return new Attachment(
                    AttachmentKind.LINK,
                    Guid.random(),
                    OrbRequests.text("title", language, text(body, "title")),
                    OrbRequests.text("description", language, text(body, "description")),
                    text(body, "url"),
                    (int) number(body, "order_by"),
                    number(body, "file_size"));
        } catch (IllegalArgumentException e) {
            throw RefusedException.invalid(String.valueOf(e.getMessage()));
        }
    }

    /** Adds a tag to a resource. */
    void addTag(Context ctx, Account caller) {
        ObjectNode body = OrbRequests.body(ctx);
        if (body.path("resource_id").asString("").isBlank()) {
            throw RefusedException.data(4100, "No resource specified");
        }
        if (body.path("tag_id").asString("").isBlank()) {
            throw RefusedException.data(4101, "No tag specified");
        }
        CatalogueEntry entry = resource(body, caller);
        CatalogueTag tag = number(body.path("tag_id"))
                .flatMap(tags::find)
                .orElseThrow(() -> RefusedException.data(5010, "Tag not found"));
        if (isTagged(entry, tag)) {
            throw RefusedException.data(4110, "Resource already tagged with this tag");
        }
        ResourceWriteEndpoints.requireWriter(caller, entry);
        CatalogueEntry changed = edit(entry, caller, content -> {
            List<Tag> all = new ArrayList<>(content.tags());
            all.add(tag.tag());
            return content.toBuilder().tags(all).build();
        });
        CatalogueEntry.Tagging tagging = changed.taggings().stream()
                .filter(each -> each.tag() == tag.id())
                .findFirst()
                .orElseThrow();
        String language = requests.shownIn(ctx);
        ObjectNode answer = ResourceDocument.part(CataloguePart.of(changed, tagging), requests.site(ctx), language);
        answer.set("resource_id", body.path("resource_id"));
        answer.set("tag_id", body.path("tag_id"));
        added(ctx, "resourcetag", answer, language);
    }

    private static boolean isTagged(CatalogueEntry entry, CatalogueTag tag) {
        return entry.taggings().stream().anyMatch(tagging -> tagging.tag() == tag.id());
    }

    private static void added(Context ctx, String kind, ObjectNode answer, String language) {
        ctx.header("Location", OrbApi.ROOT + kind + "/" + answer.path("id").asString() + "/");
        OrbResponses.saved(ctx, 201, answer, language);
    }

    /** Removes an attachment or a tagging from its resource. An uploaded file remains in the history. */
    void delete(Context ctx, Account caller, Kind kind) {
        CataloguePart part = seen(catalogue, caller, kind, OrbRequests.id(ctx)).orElseThrow(RefusedException::notFound);
        ResourceWriteEndpoints.requireWriter(caller, part.entry());
        edit(part.entry(), caller, content -> without(content, part));
        OrbResponses.deleted(ctx);
    }

    private static ResourceContent without(ResourceContent content, CataloguePart part) {
        ResourceContent.Builder rest = content.toBuilder();
        return switch (part.kind()) {
            case LINK, FILE -> rest.detach(part.attachment().guid()).build();
            case TAGGING -> {
                ResourceContent shown = part.entry().resource().content();
                Tag.Key key = shown.tags().get(part.tagIndex()).key();
                yield rest.tags(content.tags().stream()
                                .filter(tag -> !tag.key().equals(key))
                                .toList())
                        .build();
            }
        };
    }

    private CatalogueEntry resource(ObjectNode body, Account caller) {
        return number(body.path("resource_id"))
                .flatMap(catalogue::find)
                .filter(Viewer.of(caller)::sees)
                .orElseThrow(() -> RefusedException.data(3000, "Resource not found"));
    }

    private CatalogueEntry edit(CatalogueEntry entry, Account caller, UnaryOperator<ResourceContent> change) {
        try {
            return authoring.edit(entry.id(), change, caller.name()).orElseThrow(RefusedException::notFound);
        } catch (IllegalArgumentException e) {
            throw RefusedException.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static String text(ObjectNode body, String field) {
        return body.path(field).asString("");
    }

    private static Optional<Long> number(JsonNode value) {
        String digits = value.asString("").strip();
        return digits.matches("\\d{1,18}") ? Optional.of(Long.valueOf(digits)) : Optional.empty();
    }

    private static long number(ObjectNode body, String field) {
        String digits = body.path(field).asString("").strip();
        if (digits.isEmpty()) {
            return 0;
        }
        if (!digits.matches("-?\\d{1,9}")) {
            throw RefusedException.invalid(field + " '" + digits + "' is not a whole number of up to nine digits");
        }
        return Long.parseLong(digits);
    }
}
