package org.librarypeers.app.api;

import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.content.Authoring;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Role;
import org.librarypeers.http.wire.InvalidDocumentException;
import org.librarypeers.http.wire.ResourceDocument;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.storage.StaleResourceException;
import tools.jackson.databind.node.ObjectNode;

/** The endpoints that create and change resources. */
final class ResourceWriteEndpoints {

    private static final int MAX_WORDS = 150;

    private final Catalogue catalogue;
    private final Authoring authoring;
    private final OrbRequests requests;

    ResourceWriteEndpoints(Catalogue catalogue, Authoring authoring, OrbRequests requests) {
        this.catalogue = catalogue;
        this.authoring = authoring;
        this.requests = requests;
    }

    /** Rejects callers that may not write through the API. */
    static void requireWriter(Account caller) {
        if (!caller.writesApi()) {
            throw RefusedException.unauthorized();
        }
    }

    /**
     * Rejects callers that may not change the resource. Accounts may change the resources that they created; reviewers may
     * change all resources.
     */
    static void requireWriter(Account caller, CatalogueEntry entry) {
        requireWriter(caller);
        if (!caller.name().equals(entry.creator()) && !caller.role().includes(Role.REVIEWER)) {
            throw RefusedException.unauthorized();
        }
    }

    /** Creates a resource. Invalid data is reported before a missing right. */
    void create(Context ctx, Account caller) {
        ObjectNode body = OrbRequests.body(ctx);
        String language = requests.language(ctx);
        requireTexts(body);
        guid(body);
        requireWriter(caller);
        ResourceContent content = content(null, body, language);
        String title = content.title().in(language).orElse("");
        catalogue.findCreated(caller.name(), language, title).ifPresent(entry -> {
            throw RefusedException.data(
                    2000, "You have already uploaded a resource with this title", Map.of("pk", entry.id()));
        });
        saved(ctx, 201, add(body, content, caller), null);
    }

    /**
     * Creates a resource with the GUID of the request, if there is one. A GUID that is in use is rejected, so that no caller can
     * take over a resource.
     */
    private CatalogueEntry add(ObjectNode body, ResourceContent content, Account caller) {
        Optional<Guid> guid = guid(body);
        if (guid.isEmpty()) {
            return authoring.create(content, caller.name());
        }
        try {
            return authoring.create(guid.get(), content, caller.name());
        } catch (StaleResourceException e) {
            throw RefusedException.invalid("guid " + guid.get()
                    + " already belongs to a resource of this library or of one of its peers;"
                    + " omit it to get a new one");
        }
    }

    private static Optional<Guid> guid(ObjectNode body) {
        try {
            return Optional.of(body.path("guid").asString("").strip())
                    .filter(text -> !text.isEmpty())
                    .map(Guid::of);
        } catch (IllegalArgumentException e) {
            throw RefusedException.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static void requireSameGuid(ObjectNode body, Guid guid) {
        if (guid(body).filter(sent -> !sent.equals(guid)).isPresent()) {
            throw RefusedException.invalid(
                    "guid '" + body.path("guid").asString("").strip() + "' is not the GUID of this resource, " + guid
                            + "; a GUID cannot be changed");
        }
    }

    /**
     * Changes the fields in the body and keeps the others. If there is no resource with the id, creates a resource with a new id.
     */
    void change(Context ctx, Account caller) {
        String id = ctx.pathParam("id");
        long number = OrbRequests.id(ctx);
        ObjectNode body = OrbRequests.body(ctx);
        String language = requests.language(ctx);
        requireTexts(body);
        requireWriter(caller);
        CatalogueEntry present = catalogue.find(number).orElse(null);
        if (present == null) {
            create(ctx, caller);
            return;
        }
        requireWriter(caller, present);
        requireSameGuid(body, present.resource().guid());
        CatalogueEntry entry = authoring
                .edit(number, before -> content(before, body, language), caller.name())
                .orElseThrow(RefusedException::notFound);
        saved(ctx, 200, entry, id);
    }

    private void saved(Context ctx, int status, CatalogueEntry entry, @Nullable String pk) {
        String language = requests.shownIn(ctx);
        ObjectNode detail = ResourceDocument.detail(entry, requests.site(ctx), language);
        if (pk != null) {
            detail.put("pk", pk);
        } else {
            ctx.header("Location", OrbApi.ROOT + "resource/" + entry.id() + "/");
        }
        OrbResponses.saved(ctx, status, detail, language);
    }

    private static void requireTexts(ObjectNode body) {
        if (body.path("title").asString("").isBlank()) {
            throw RefusedException.data(4000, "No title provided");
        }
        String description = body.path("description").asString("");
        if (description.isBlank()) {
            throw RefusedException.data(4001, "No description provided");
        }
        String words = description.replaceAll("<[^>]*>", "").strip();
        if (words.split("\\s+").length > MAX_WORDS) {
            throw RefusedException.data(
                    4002, "Description is too long, please enter no more than " + MAX_WORDS + " words");
        }
    }

    private static ResourceContent content(@Nullable ResourceContent before, ObjectNode body, String language) {
        try {
            return ResourceDocument.readChanges(before, body, language);
        } catch (InvalidDocumentException e) {
            throw RefusedException.invalid(String.valueOf(e.getMessage()));
        }
    }
}
