package org.librarypeers.app.move;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Spelling;
import org.librarypeers.domain.Tag;
import org.librarypeers.http.wire.ReadResource;
import org.librarypeers.http.wire.ResourceDocument;
import org.librarypeers.persistence.SiteMove.MovedCategory;
import org.librarypeers.persistence.SiteMove.MovedTag;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The categories and tags of a site, with their numbers. Tags that this library considers the same become one. */
final class SiteVocabulary {

    private final Dump dump;
    private final SiteDocument documents;
    private final String language;
    private final MoveReport report;
    private final Map<String, MovedCategory> categories = new LinkedHashMap<>();
    private final Map<Tag.Key, MovedTag> tags = new LinkedHashMap<>();
    private final Map<String, MovedTag> byRow = new HashMap<>();
    private final Map<String, String> pages = new LinkedHashMap<>();

    /** Reads the vocabulary. */
    SiteVocabulary(Dump dump, SiteDocument documents, String language, MoveReport report) {
        this.dump = dump;
        this.documents = documents;
        this.language = language;
        this.report = report;
        dump.table("category").forEach(this::addCategory);
        Set<Guid> guids = new HashSet<>();
        Set<Slug> slugs = new HashSet<>();
        dump.table("tag").forEach(row -> addTag(row, guids, slugs));
        tags.values().forEach(tag -> report.tag());
    }

    private void addCategory(DumpRow row) {
        Optional<Tag> first = read(categoryWithTag(row));
        if (first.isEmpty() || row.number().isEmpty()) {
            report.left("categories without a usable name or number, with their tags", row.where());
            return;
        }
        Tag tag = first.get();
        MovedCategory moved = new MovedCategory(row.number().getAsLong(), tag.category(), tag.categories(), topic(row));
        if (categories.putIfAbsent(Spelling.folded(tag.category()), moved) != null) {
            report.left("categories with the name of another one, which take its number", tag.category());
        } else {
            report.category();
        }
    }

    private static ObjectNode categoryWithTag(DumpRow category) {
        ObjectNode tag = JsonNodeFactory.instance.objectNode().put("name", "tag");
        category.fields().properties().stream()
                .filter(column ->
                        column.getKey().equals("name") || column.getKey().startsWith("name_"))
                .forEach(column -> tag.set("category" + column.getKey().substring("name".length()), column.getValue()));
        return JsonNodeFactory.instance.objectNode().set("tag", tag);
    }

    /** Returns the place of a category among the topics of the home page, which are those at the top level of the site; or null. */
    private @Nullable Integer topic(DumpRow row) {
        if (!row.is("top_level")) {
            return null;
        }
        List<DumpRow> topics = dump.table("category").stream()
                .filter(each -> each.is("top_level"))
                .sorted(Comparator.comparingInt(each -> each.integer("order_by")))
                .toList();
        return topics.indexOf(row);
    }

    private void addTag(DumpRow row, Set<Guid> guids, Set<Slug> slugs) {
        Optional<Tag> read = read(documents.tag(row));
        MovedCategory category =
                read.map(tag -> categories.get(Spelling.folded(tag.category()))).orElse(null);
        if (read.isEmpty() || category == null || row.number().isEmpty()) {
            report.left("tags without a usable name, category or number", row.where());
            return;
        }
        Tag tag = distinct(read.get(), guids);
        MovedTag same = tags.get(tag.key());
        if (same == null) {
            Slug slug = slug(row, tag, slugs);
            same = new MovedTag(
                    row.number().getAsLong(),
                    category.id(),
                    slug,
                    tag,
                    row.fields().has("published") && !row.is("published"),
                    row.integer("order_by") > 0 ? row.integer("order_by") : null);
            tags.put(tag.key(), same);
        } else {
            report.left("tags with the name of another one in their category, which take its number", tag.name());
        }
        byRow.put(row.key(), same);
        row.reference("parent_tag")
                .ifPresent(parent -> report.left("parents of tags: this program has none", tag.name()));
        addPages(row, same);
    }

    private static Tag distinct(Tag tag, Set<Guid> guids) {
        return guids.add(tag.guid())
                ? tag
                : new Tag(
                        Guid.random(),
                        tag.category(),
                        tag.name(),
                        tag.categories(),
                        tag.names(),
                        tag.description(),
                        tag.summary(),
                        tag.image());
    }

    private static Slug slug(DumpRow row, Tag tag, Set<Slug> slugs) {
        Slug slug = row.text("slug").flatMap(Slug::parse).orElseGet(() -> Slug.of(tag.name(), tag.guid()));
        Slug free = slugs.contains(slug) ? slug.with(tag.guid()) : slug;
        slugs.add(free);
        return free;
    }

    private void addPages(DumpRow row, MovedTag tag) {
        String target = "/tag/" + tag.slug();
        pages.put("/tag/link/" + row.key() + "/", target);
        row.text("slug").ifPresent(slug -> {
            pages.put("/tag/feed/" + slug, "/feed.atom?tag=" + tag.slug());
            if (!slug.equals(tag.slug().value())) {
                pages.put("/tag/view/" + slug, target);
                pages.put("/tag/" + slug, target);
            }
        });
    }

    /** Reads the only tag of a document. Empty if it cannot be used. */
    private Optional<Tag> read(ObjectNode document) {
        ObjectNode object = JsonNodeFactory.instance
                .objectNode()
                .put("guid", Guid.random().toString())
                .put("title", "tag");
        object.putArray("tags").add(document);
        ReadResource resource = ResourceDocument.read(object, language);
        return resource.resource().content().tags().stream().findFirst();
    }

    /** Returns the categories, ordered by number. */
    List<MovedCategory> categories() {
        return List.copyOf(categories.values());
    }

    /** Returns the tags, ordered by number. */
    List<MovedTag> tags() {
        return List.copyOf(tags.values());
    }

    /** Returns the rows of the tags of a resource, in the order of their taggings. */
    List<DumpRow> tagsOf(DumpRow resource) {
        List<DumpRow> rows = new ArrayList<>();
        for (DumpRow tagging : dump.parts("resourcetag", resource)) {
            tagging.reference("tag")
                    .filter(byRow::containsKey)
                    .map(key -> dump.row("tag", key))
                    .ifPresent(rows::add);
        }
        return rows;
    }

    /** Returns the numbers of the taggings of a resource, by the number of the tag. */
    Map<Long, Long> taggings(DumpRow resource) {
        Map<Long, Long> numbers = new HashMap<>();
        for (DumpRow tagging : dump.parts("resourcetag", resource)) {
            MovedTag tag = tagging.reference("tag").map(byRow::get).orElse(null);
            if (tag != null && tagging.number().isPresent()) {
                numbers.putIfAbsent(tag.id(), tagging.number().getAsLong());
            }
        }
        return numbers;
    }

    /** Returns the name of the tag with this key. */
    Optional<String> name(String key) {
        return Optional.ofNullable(byRow.get(key)).map(tag -> tag.tag().name());
    }

    /** Returns the present paths of the pages of tags by their former ones. */
    Map<String, String> pages() {
        return pages;
    }
}
