package org.librarypeers.app.v1;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.domain.Author;
import org.librarypeers.domain.FileLink;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Link;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Revision;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.port.CatalogueEntry;
import tools.jackson.databind.JsonNode;

/** What the recorded site held, in a library of ours, and which number of ours stands for which of its. */
final class RecordedSite {

    private static final List<String> LANGUAGES = List.of("en", "es", "pt_br");

    /** By kind and recorded number: ours. */
    private final Map<String, Long> ids = new HashMap<>();

    RecordedSite(RunningLibrary library) {
        Map<String, JsonNode> resources = new LinkedHashMap<>();
        for (JsonNode listed : Sample.read("07-list-all.http").json().path("objects")) {
            resources.put(listed.path("guid").asString(), listed);
        }
        for (JsonNode found : Sample.read("09-search.http").json().path("objects")) {
            resources.put(found.path("guid").asString(), found);
        }
        JsonNode detail = Sample.read("08-detail.http").json();
        resources.put(detail.path("guid").asString(), detail);
        // In the order of their numbers there: of equal titles the lower number comes first.
        resources.values().stream()
                .sorted(Comparator.comparingLong(object -> object.path("id").asLong()))
                .forEach(object -> library.library()
                        .storage()
                        .resources()
                        .save(resource(object, content(object).build(), Status.APPROVED)));
        // Its other tags belonged to resources whose details are not recorded.
        List<Tag> tags = new ArrayList<>();
        for (String name : List.of("16-tag-list.http", "18-tag-by-category.http")) {
            Sample.read(name).json().path("objects").forEach(tag -> tags.add(tag(tag)));
        }
        library.library()
                .storage()
                .resources()
                .save(Resource.create(
                        Guid.random(),
                        ResourceContent.titled(LocalizedText.of("en", "Holds the other tags"))
                                .tags(tags)
                                .build(),
                        UserName.SYSTEM,
                        library.library().clock().instant()));
        resources.values().forEach(object -> number(library, object));
        number(library);
    }

    private static Resource resource(JsonNode object, ResourceContent content, Status status) {
        Instant created = time(object.path("create_date").asString()).toInstant(ZoneOffset.UTC);
        Instant updated = time(object.path("update_date").asString()).toInstant(ZoneOffset.UTC);
        return Resource.restore(
                Guid.of(object.path("guid").asString()),
                new Slug(object.path("slug").asString()),
                status,
                new Origin.Local(),
                new Revision(1, content, new Author.Person(UserName.SYSTEM), created),
                created,
                updated,
                0);
    }

    private static LocalDateTime time(String text) {
        return LocalDateTime.parse(text);
    }

    private static ResourceContent.Builder content(JsonNode object) {
        List<Link> links = new ArrayList<>();
        object.path("urls")
                .forEach(part -> links.add(new Link(
                        Guid.of(part.path("guid").asString()),
                        text(part, "title"),
                        text(part, "description"),
                        part.path("url").asString(),
                        part.path("order_by").asInt(),
                        part.path("file_size").asLong())));
        List<FileLink> files = new ArrayList<>();
        object.path("files")
                .forEach(part -> files.add(new FileLink(
                        Guid.of(part.path("guid").asString()),
                        text(part, "title"),
                        text(part, "description"),
                        part.path("file").asString(),
                        part.path("order_by").asInt(),
                        0)));
        List<Tag> tags = new ArrayList<>();
        object.path("tags").forEach(tagging -> tags.add(tag(tagging.path("tag"))));
        StudyTime.Unit unit = object.path("study_time_unit").isNull()
                ? null
                : StudyTime.Unit.ofWord(object.path("study_time_unit").asString())
                        .orElseThrow();
        return ResourceContent.titled(text(object, "title"))
                .description(text(object, "description"))
                .attribution(text(object, "attribution"))
                .studyTime(new StudyTime(object.path("study_time_number").asInt(), unit))
                .bornOn(
                        object.path("born_on").isNull()
                                ? null
                                : time(object.path("born_on").asString()))
                .image(
                        object.path("image").isNull()
                                ? null
                                : object.path("image").asString())
                .links(links)
                .files(files)
                .tags(tags);
    }

    private static Tag tag(JsonNode tag) {
        String category = tag.path("category").asString();
        String name = tag.path("name").asString();
        return new Tag(
                Guid.ofTag(category, name),
                category,
                name,
                text(tag, "category"),
                text(tag, "name"),
                text(tag, "description"),
                text(tag, "summary"),
                tag.path("image").isNull() ? null : tag.path("image").asString());
    }

    private static LocalizedText text(JsonNode object, String field) {
        LocalizedText text = LocalizedText.empty();
        for (String language : LANGUAGES) {
            JsonNode value = object.path(field + "_" + language);
            if (value.isString()) {
                text = text.with(language, value.asString());
            }
        }
        return text;
    }

    private void number(RunningLibrary library, JsonNode object) {
        CatalogueEntry entry = library.library()
                .storage()
                .catalogue()
                .find(Guid.of(object.path("guid").asString()))
                .orElseThrow();
        put("resource", object.path("id").asLong(), entry.id());
        number("resourceurl", object.path("urls"), entry.links());
        number("resourcefile", object.path("files"), entry.files());
        JsonNode tags = object.path("tags");
        for (int i = 0; i < tags.size(); i++) {
            put(
                    "resourcetag",
                    tags.get(i).path("id").asLong(),
                    entry.taggings().get(i).id());
            put(
                    "tag",
                    tags.get(i).path("tag").path("id").asLong(),
                    entry.taggings().get(i).tag());
        }
    }

    private void number(String kind, JsonNode parts, List<Long> ours) {
        for (int i = 0; i < parts.size(); i++) {
            put(kind, parts.get(i).path("id").asLong(), ours.get(i));
        }
    }

    private void number(RunningLibrary library) {
        for (String name : List.of("16-tag-list.http", "18-tag-by-category.http")) {
            Sample.read(name)
                    .json()
                    .path("objects")
                    .forEach(tag -> library.library()
                            .storage()
                            .tags()
                            .named(tag.path("name").asString())
                            .ifPresent(ours -> put("tag", tag.path("id").asLong(), ours.id())));
        }
    }

    /** That a number of ours stands for one of its. */
    void put(String kind, long recorded, long ours) {
        ids.put(kind + "/" + recorded, ours);
    }

    /** Our number for a recorded one; the same if we have none. */
    long ours(String kind, long recorded) {
        return ids.getOrDefault((kind.equals("tags") ? "tag" : kind) + "/" + recorded, recorded);
    }
}
