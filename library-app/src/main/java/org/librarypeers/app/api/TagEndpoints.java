package org.librarypeers.app.api;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.Tag;
import org.librarypeers.http.wire.ResourceDocument;
import org.librarypeers.http.wire.Site;
import org.librarypeers.sync.catalogue.CatalogueCategory;
import org.librarypeers.sync.catalogue.CatalogueTag;
import org.librarypeers.sync.catalogue.TagRepository;
import org.librarypeers.sync.library.Freshness;
import org.librarypeers.sync.library.LibraryStorage;
import tools.jackson.databind.node.ObjectNode;

/** The endpoints for the vocabulary: tags, tags in short form, and categories. Tags can also be added. */
final class TagEndpoints {

    /** The category of tags that are added through the API. */
    private static final String OTHER = "Other";

    private final LibraryStorage storage;
    private final TagRepository tags;
    private final OrbRequests requests;

    TagEndpoints(LibraryStorage storage, OrbRequests requests) {
        this.storage = storage;
        this.tags = storage.tags();
        this.requests = requests;
    }

    /** A form in which the vocabulary is shown. */
    enum Form {
        LONG("tag"),
        SHORT("tags"),
        CATEGORY("category");

        private final String path;

        Form(String path) {
            this.path = path;
        }

        String path() {
            return path;
        }
    }

    /**
     * An object of the vocabulary.
     *
     * @param id the id of the tag or category
     * @param document the writer of its JSON
     */
    private record TagItem(long id, Document document) {}

    /** A writer of the JSON for a site and a language. */
    private interface Document {
        ObjectNode in(Site site, String language);
    }

    /** Returns the vocabulary for a request that only reads. */
    private TagRepository reads() {
        return storage.reading(Freshness.CURRENT).tags();
    }

    void list(Context ctx, Form form, OrbSchema schema) {
        List<OrbSchema.Filter> filters = schema.filters(ctx.queryParamMap());
        schema.order(ctx.queryParamMap());
        Paging paging = Paging.of(ctx.path(), ctx.queryParamMap());
        List<TagItem> all = form == Form.CATEGORY ? categories() : tags(filters, form);
        String language = requests.shownIn(ctx);
        Site site = requests.site(ctx);
        List<ObjectNode> objects = all.stream()
                .skip(paging.offset())
                .limit(paging.limit())
                .map(item -> item.document().in(site, language))
                .toList();
        OrbResponses.found(ctx, paging.page(objects, all.size()), language);
    }

    private List<TagItem> categories() {
        List<CatalogueCategory> categories = reads().categories();
        return IntStream.range(0, categories.size())
                .mapToObj(i -> item(categories.get(i), i + 1))
                .toList();
    }

    private List<TagItem> tags(List<OrbSchema.Filter> filters, Form form) {
        Predicate<Tag> requested = TagFilters.of(filters);
        return reads().inUse().stream()
                .filter(tag -> requested.test(tag.tag()))
                .map(tag -> item(tag, form))
                .toList();
    }

    private static TagItem item(CatalogueCategory category, int order) {
        return new TagItem(
                category.id(), (site, language) -> ResourceDocument.category(category, order, site, language));
    }

    private static TagItem item(CatalogueTag tag, Form form) {
        return new TagItem(
                tag.id(),
                form == Form.LONG
                        ? (site, language) -> ResourceDocument.tag(tag, site, language)
                        : (site, language) -> ResourceDocument.tagInShort(tag, site, language));
    }

    void detail(Context ctx, Form form) {
        String language = requests.shownIn(ctx);
        Site site = requests.site(ctx);
        ObjectNode object = found(form, OrbRequests.id(ctx), site, language);
        if (object == null) {
            throw RefusedException.notFound();
        }
        if (form == Form.SHORT) {
            object.putArray("resources");
        }
        OrbResponses.found(ctx, object, language);
    }

    void set(Context ctx, Form form) {
        String language = requests.shownIn(ctx);
        Site site = requests.site(ctx);
        OrbResponses.found(ctx, ResourceEndpoints.set(ctx, id -> found(form, id, site, language)), language);
    }

    private @Nullable ObjectNode found(Form form, long id, Site site, String language) {
        return (form == Form.CATEGORY
                        ? categories().stream().filter(item -> item.id() == id).findFirst()
                        : tags.find(id).map(tag -> item(tag, form)))
                .map(item -> item.document().in(site, language))
                .orElse(null);
    }

    /**
     * Adds a tag. Peers identify tags by name alone, so tag names are unique. If the name differs from an existing one only in
     * case, the response is the existing tag. Invalid data is reported before a missing right.
     */
    void add(Context ctx, Account caller) {
        String name = OrbRequests.body(ctx).path("name").asString("").strip();
        if (name.codePoints().noneMatch(Character::isLetterOrDigit)) {
            throw RefusedException.data(5001, "Cannot add empty tag");
        }
        Tag tag = tag(name);
        Optional<CatalogueTag> known = tags.named(tag.name());
        if (known.filter(each -> each.tag().name().equals(tag.name())).isPresent()) {
            throw RefusedException.data(5000, "This tag already exists");
        }
        ResourceWriteEndpoints.requireWriter(caller);
        CatalogueTag added = known.orElseGet(() -> tags.findOrAdd(tag));
        String language = requests.shownIn(ctx);
        ctx.header("Location", OrbApi.ROOT + "tag/" + added.id() + "/");
        OrbResponses.saved(ctx, 201, ResourceDocument.tag(added, requests.site(ctx), language), language);
    }

    private static Tag tag(String name) {
        try {
            return Tag.of(OTHER, name);
        } catch (IllegalArgumentException e) {
            throw RefusedException.invalid(String.valueOf(e.getMessage()));
        }
    }
}
