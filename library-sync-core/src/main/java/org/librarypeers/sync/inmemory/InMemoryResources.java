package org.librarypeers.sync.inmemory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Revision;
import org.librarypeers.domain.Revisions;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.CatalogueTag;
import org.librarypeers.sync.storage.ResourceRepository;
import org.librarypeers.sync.storage.StaleResourceException;

record InMemoryResources(InMemoryStorage storage) implements ResourceRepository {

    @Override
    public Map<Guid, Resource> find(Collection<Guid> guids) {
        return storage.with(tables -> {
            Map<Guid, Resource> found = new LinkedHashMap<>();
            for (Guid guid : guids) {
                CatalogueEntry entry = tables.resources.get(guid);
                if (entry != null) {
                    found.put(guid, entry.resource());
                }
            }
            return found;
        });
    }

    @Override
    public Map<Guid, Resource> findForUpdate(Collection<Guid> guids) {
        return find(guids);
    }

    @Override
    public void save(Collection<Resource> resources) {
        storage.change(tables -> resources.forEach(resource -> save(tables, resource)));
    }

    private static void save(InMemoryTables tables, Resource resource) {
        CatalogueEntry saved = tables.resources.get(resource.guid());
        if (resource.version() != (saved == null ? 0 : saved.resource().version())) {
            throw new StaleResourceException(resource.guid());
        }
        if (saved != null) {
            tables.removeFromHistory(
                    resource.guid(),
                    resource.revisions().restoredSince(saved.resource().revisions()));
            saved.resource()
                    .revisions()
                    .supersededBy(resource.revisions())
                    .forEach(revision -> tables.addToHistory(resource.guid(), revision));
        }
        List<Tag> tags = resource.content().tags().stream()
                .map(tag -> InMemoryTags.findOrAdd(tables, tag).tag())
                .toList();
        Revision revision = resource.revision();
        Revision withOurTags = new Revision(
                revision.number(), resource.content().toBuilder().tags(tags).build(), revision.author(), revision.at());
        Resource kept = Resource.restore(
                resource.guid(),
                slug(tables, resource, saved),
                resource.status(),
                resource.origin(),
                new Revisions(
                        withOurTags,
                        resource.revisions().waiting(),
                        resource.revisions().latest()),
                resource.created(),
                resource.updated(),
                resource.review(),
                resource.version() + 1);
        tables.servedBefore.putIfAbsent(
                resource.guid(), saved != null && saved.resource().status() == Status.APPROVED);
        long id = saved == null ? tables.nextId() : saved.id();
        tables.resourceIds.put(id, kept.guid());
        tables.resources.put(kept.guid(), entry(tables, id, kept, saved));
    }

    private static Slug slug(InMemoryTables tables, Resource resource, @Nullable CatalogueEntry saved) {
        Slug slug = resource.slug();
        if (saved == null) {
            while (!tables.slugs.add(slug)) {
                slug = slug.with(slug.equals(resource.slug()) ? resource.guid() : Guid.random());
            }
        }
        return slug;
    }

    private static CatalogueEntry entry(
            InMemoryTables tables, long id, Resource resource, @Nullable CatalogueEntry before) {
        Map<Guid, Long> attachments = new LinkedHashMap<>();
        Map<Long, CatalogueEntry.Tagging> taggingsBefore = new LinkedHashMap<>();
        if (before != null) {
            before.taggings().forEach(tagging -> taggingsBefore.put(tagging.tag(), tagging));
        }
        for (Attachment attachment : resource.content().attachments()) {
            Long known = before == null ? null : before.attachments().get(attachment.guid());
            attachments.put(attachment.guid(), known != null ? known : tables.nextId());
        }
        List<CatalogueEntry.Tagging> taggings = new ArrayList<>();
        for (Tag tag : resource.content().tags()) {
            CatalogueTag known = Objects.requireNonNull(tables.tags.get(tag.key()));
            CatalogueEntry.Tagging kept = taggingsBefore.get(known.id());
            taggings.add(
                    kept != null
                            ? kept
                            : new CatalogueEntry.Tagging(
                                    tables.nextId(), known.id(), known.slug(), resource.updated()));
        }
        return new CatalogueEntry(
                id, ++tables.lastPosition, creator(resource, before), resource, attachments, taggings);
    }

    private static @Nullable UserName creator(Resource resource, @Nullable CatalogueEntry before) {
        if (before != null) {
            return before.creator();
        }
        return resource.revision()
                .author()
                .match(person -> Optional.of(person.user()), sync -> Optional.<UserName>empty())
                .orElse(null);
    }

    @Override
    public List<Revision> history(Guid guid) {
        return storage.with(tables -> tables.history.getOrDefault(guid, List.of()));
    }

    @Override
    public Map<Guid, List<Revision>> histories(Collection<Guid> guids) {
        return storage.with(tables -> guids.stream()
                .filter(tables.history::containsKey)
                .distinct()
                .collect(Collectors.toMap(Function.identity(), tables.history::get)));
    }

    @Override
    public Map<Guid, Revision> lastDecidedOn(Collection<Guid> guids) {
        return storage.with(tables -> find(guids).values().stream()
                .flatMap(resource -> tables.history.getOrDefault(resource.guid(), List.of()).stream()
                        .filter(revision ->
                                revision.number() == resource.review().decided())
                        .map(revision -> Map.entry(resource.guid(), revision)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    @Override
    public List<Resource> withStatus(Status status, @Nullable Guid after, int limit) {
        return page(resource -> resource.status() == status, after, limit);
    }

    @Override
    public List<Resource> changedUpstream(@Nullable Guid after, int limit) {
        return page(Resource::isChangedUpstream, after, limit);
    }

    @Override
    public long changedUpstreamCount() {
        return storage.with(tables -> tables.resources.values().stream()
                .filter(entry -> entry.resource().isChangedUpstream())
                .count());
    }

    private List<Resource> page(Predicate<Resource> wanted, @Nullable Guid after, int limit) {
        return storage.with(tables -> tables.resources.values().stream()
                .map(CatalogueEntry::resource)
                .filter(wanted)
                .filter(resource -> after == null || resource.guid().compareTo(after) > 0)
                .sorted(Comparator.comparing(Resource::guid))
                .limit(limit)
                .toList());
    }

    @Override
    public Map<Status, Long> counts() {
        return storage.with(tables -> {
            Map<Status, Long> counts = new EnumMap<>(Status.class);
            tables.resources
                    .values()
                    .forEach(entry -> counts.merge(entry.resource().status(), 1L, Long::sum));
            return counts;
        });
    }
}
