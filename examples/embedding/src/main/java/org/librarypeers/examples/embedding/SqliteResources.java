package org.librarypeers.examples.embedding;

import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Revision;
import org.librarypeers.domain.Revisions;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.storage.ResourceRepository;
import org.librarypeers.sync.storage.StaleResourceException;

/** The resources in a SQLite database, and their histories. */
record SqliteResources(Database database, LibraryId library) implements ResourceRepository {

    static final Database.Row<Resource> RESOURCE =
            row -> Json.body(row, ResourceBody.class).toDomain();

    @Override
    public Map<Guid, Resource> find(Collection<Guid> guids) {
        Map<Guid, Resource> found = new LinkedHashMap<>();
        database.query(RESOURCE, "select body from resource where guid in (select value from json_each(?))", guids)
                .forEach(resource -> found.put(resource.guid(), resource));
        return found;
    }

    /** Finds the resources. A transaction already excludes all other threads. */
    @Override
    public Map<Guid, Resource> findForUpdate(Collection<Guid> guids) {
        return find(guids);
    }

    @Override
    public void save(Collection<Resource> resources) {
        database.change(() -> {
            Map<Guid, Resource> stored =
                    find(resources.stream().map(Resource::guid).toList());
            resources.forEach(resource -> requireFresh(resource, stored.get(resource.guid())));
            resources.forEach(resource -> save(resource, stored.get(resource.guid())));
        });
    }

    private static void requireFresh(Resource resource, @Nullable Resource stored) {
        if (resource.version() != (stored == null ? 0 : stored.version())) {
            throw new StaleResourceException(resource.guid());
        }
    }

    private void save(Resource resource, @Nullable Resource stored) {
        if (stored != null) {
            resource.revisions()
                    .restoredSince(stored.revisions())
                    .forEach(number -> database.update(
                            "delete from revision where resource = ? and number = ?", resource.guid(), number));
            stored.revisions().supersededBy(resource.revisions()).forEach(revision -> supersede(resource, revision));
        }
        Slug slug = stored == null ? freeSlug(resource) : resource.slug();
        Optional<Origin.FromPeer> source = resource.origin().match(local -> Optional.empty(), Optional::of);
        database.update(
                "insert or replace into resource"
                        + " (guid, slug, status, changed_upstream, source, maker, circular, updated, body)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                resource.guid(),
                slug,
                resource.status(),
                resource.isChangedUpstream(),
                source.map(Origin.FromPeer::peer).orElse(null),
                source.map(Origin.FromPeer::sourceHost).orElse(null),
                source.map(from -> from.isCircularAt(library)).orElse(false),
                resource.updated(),
                Json.write(ResourceBody.next(resource, slug, inOurTags(resource.revisions()))));
    }

    private void supersede(Resource resource, Revision revision) {
        database.update(
                "insert into revision (resource, number, body) values (?, ?, ?)",
                resource.guid(),
                revision.number(),
                Json.write(revision));
    }

    private Slug freeSlug(Resource resource) {
        Slug slug = resource.slug();
        while (database.number("select count(*) from resource where slug = ?", slug) > 0) {
            slug = slug.with(slug.equals(resource.slug()) ? resource.guid() : Guid.random());
        }
        return slug;
    }

    /** Replaces the tags of the current revision with those of the vocabulary. */
    private Revisions inOurTags(Revisions revisions) {
        Revision current = revisions.current();
        List<Tag> tags = current.content().tags().stream().map(this::findOrAdd).toList();
        return new Revisions(
                new Revision(
                        current.number(),
                        current.content().toBuilder().tags(tags).build(),
                        current.author(),
                        current.at()),
                revisions.waiting(),
                revisions.latest());
    }

    private Tag findOrAdd(Tag sent) {
        return database.find(
                        Json.body(Tag.class),
                        "select body from tag where category = ? and name = ?",
                        sent.key().category(),
                        sent.key().name())
                .orElseGet(() -> add(sent));
    }

    private Tag add(Tag sent) {
        Tag sibling = database.find(
                        Json.body(Tag.class),
                        "select body from tag where category = ? order by id limit 1",
                        sent.key().category())
                .orElse(sent);
        Tag added = new Tag(
                freeGuid(sent),
                sibling.category(),
                sent.name(),
                sibling.categories(),
                sent.names(),
                sent.description(),
                sent.summary(),
                sent.image());
        database.update(
                "insert into tag (category, name, guid, body) values (?, ?, ?, ?)",
                sent.key().category(),
                sent.key().name(),
                added.guid(),
                Json.write(added));
        return added;
    }

    private Guid freeGuid(Tag sent) {
        if (isFree(sent.guid())) {
            return sent.guid();
        }
        Guid derived = Guid.ofTag(sent.category(), sent.name());
        return isFree(derived) ? derived : Guid.random();
    }

    private boolean isFree(Guid tag) {
        return database.number("select count(*) from tag where guid = ?", tag) == 0;
    }

    @Override
    public List<Revision> history(Guid guid) {
        return histories(List.of(guid)).getOrDefault(guid, List.of());
    }

    @Override
    public Map<Guid, List<Revision>> histories(Collection<Guid> guids) {
        return database
                .query(
                        row -> Map.entry(Guid.of(row.getString("resource")), Json.body(row, Revision.class)),
                        "select resource, body from revision where resource in (select value from json_each(?))"
                                + " order by number desc",
                        guids)
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    @Override
    public Map<Guid, Revision> lastDecidedOn(Collection<Guid> guids) {
        return database
                .query(
                        row -> Map.entry(Guid.of(row.getString("resource")), Json.body(row, Revision.class)),
                        "select revision.resource, revision.body"
                                + " from revision join resource on resource.guid = revision.resource"
                                + " where revision.number = resource.body ->> '$.review.decided'"
                                + " and revision.resource in (select value from json_each(?))",
                        guids)
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public List<Resource> withStatus(Status status, @Nullable Guid after, int limit) {
        return database.query(
                RESOURCE,
                "select body from resource where status = ? and guid > ? order by guid limit ?",
                status,
                after == null ? "" : after,
                limit);
    }

    @Override
    public List<Resource> changedUpstream(@Nullable Guid after, int limit) {
        return database.query(
                RESOURCE,
                "select body from resource where changed_upstream and guid > ? order by guid limit ?",
                after == null ? "" : after,
                limit);
    }

    @Override
    public long changedUpstreamCount() {
        return database.number("select count(*) from resource where changed_upstream");
    }

    @Override
    public Map<Status, Long> counts() {
        Map<Status, Long> counts = new EnumMap<>(Status.class);
        database.query(
                        row -> Map.entry(Status.valueOf(row.getString("status")), row.getLong("resources")),
                        "select status, count(*) as resources from resource group by status")
                .forEach(count -> counts.put(count.getKey(), count.getValue()));
        return counts;
    }
}
