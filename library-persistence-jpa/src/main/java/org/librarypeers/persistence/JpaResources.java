package org.librarypeers.persistence;

import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Revision;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.Tag;
import org.librarypeers.persistence.SiteMove.MovedResource;
import org.librarypeers.sync.storage.ResourceRepository;
import org.librarypeers.sync.storage.StaleResourceException;

/** A repository of resources on Hibernate. */
final class JpaResources implements ResourceRepository {

    private static final String CHANGED_UPSTREAM = "r.status in ('approved', 'rejected')"
            + " and (r.receivedRevision > r.decidedRevision or r.waiting.waitingNumber is not null)";

    private final Reads transactions;

    JpaResources(Reads transactions) {
        this.transactions = transactions;
    }

    @Override
    public Map<Guid, Resource> find(Collection<Guid> guids) {
        return transactions.call(unit -> domain(LockedResources.load(unit.session(), guids, LockModeType.NONE)));
    }

    @Override
    public Map<Guid, Resource> findForUpdate(Collection<Guid> guids) {
        return transactions.call(unit -> domain(unit.locked().lock(guids)));
    }

    private static Map<Guid, Resource> domain(Map<Guid, ResourceEntity> entities) {
        Map<Guid, Resource> resources = new LinkedHashMap<>();
        entities.forEach((guid, entity) -> resources.put(guid, entity.toDomain()));
        return resources;
    }

    @Override
    public void save(Collection<Resource> resources) {
        save(resources, Map.of());
    }

    /**
     * Saves resources like {@link #save(Collection)}.
     *
     * @param moved the ids of resources that moved here with a site, by GUID
     */
    void save(Collection<Resource> resources, Map<Guid, MovedResource> moved) {
        if (!resources.isEmpty()) {
            transactions.call(unit -> save(unit, resources, moved));
        }
    }

    private static boolean save(UnitOfWork unit, Collection<Resource> resources, Map<Guid, MovedResource> moved) {
        LockedResources locked = unit.locked();
        try {
            return save(unit, locked, resources, moved);
        } finally {
            // A long transaction must not accumulate entities in memory.
            locked.clear();
        }
    }

    /** Saves the resources. Compares all versions, with the rows locked, before anything is written. */
    private static boolean save(
            UnitOfWork unit, LockedResources locked, Collection<Resource> resources, Map<Guid, MovedResource> moved) {
        Session session = locked.session();
        Map<Guid, ResourceEntity> saved = locked.lockForSave(distinct(resources));
        resources.forEach(resource -> compare(resource, saved.get(resource.guid())));
        Map<Tag.Key, TagEntity> vocabulary = new Vocabulary(session).ofResources(unit, resources);
        Slugs slugs = Slugs.of(
                unit,
                resources.stream()
                        .filter(resource -> !saved.containsKey(resource.guid()))
                        .toList());
        List<ResourceEntity> added = new ArrayList<>();
        List<ResourceEntity> changed = new ArrayList<>();
        List<ResourceEntity> reworded = new ArrayList<>();
        List<RevisionEntity> past = new ArrayList<>();
        List<RevisionEntity.Key> restored = new ArrayList<>();
        for (Resource resource : resources) {
            ResourceEntity before = saved.get(resource.guid());
            if (before == null) {
                added.add(ResourceEntity.from(resource, slugs.take(resource), vocabulary));
            } else {
                if (before.revisionNumber() != resource.revision().number()) {
                    reworded.add(before);
                }
                before.supersededBy(resource.revisions())
                        .forEach(revision -> past.add(RevisionEntity.from(before.id(), revision)));
                before.restoredBy(resource.revisions())
                        .forEach(number -> restored.add(new RevisionEntity.Key(before.id(), number)));
                boolean wasServed = before.isServed();
                before.copyFrom(resource, vocabulary);
                changed.add(before);
                unit.served().saved(before.id(), wasServed, before.isServed());
            }
        }
        unit.jdbc(connection -> {
            RevisionEntity.remove(connection, restored);
            RevisionEntity.TABLE.insert(connection, past);
            ResourceEntity.TABLE.update(connection, changed);
            return true;
        });
        flush(unit, session, added, moved);
        added.forEach(resource -> unit.served().added(resource.id()));
        reworded.addAll(added);
        SearchBacklog.add(unit, reworded.stream().map(ResourceEntity::id).toList());
        unit.changed(Stream.concat(changed.stream(), added.stream())
                .filter(ResourceEntity::isServed)
                .map(ResourceEntity::id)
                .toList());
        return true;
    }

    private static Set<Guid> distinct(Collection<Resource> resources) {
        Set<Guid> guids = new HashSet<>();
        for (Resource resource : resources) {
            if (!guids.add(resource.guid())) {
                throw new IllegalArgumentException("resource " + resource.guid() + " was passed more than once");
            }
        }
        return guids;
    }

    private static void compare(Resource resource, @Nullable ResourceEntity saved) {
        if (resource.version() != (saved == null ? 0 : saved.version())) {
            throw new StaleResourceException(resource.guid());
        }
    }

    private static void flush(
            UnitOfWork unit, Session session, List<ResourceEntity> added, Map<Guid, MovedResource> moved) {
        try {
            session.flush();
            NewResources.insert(session, added, moved);
        } catch (PersistenceException e) {
            // Another transaction added the same resource after the lookup and has committed.
            if (StorageFailures.violates("resource_guid_key", e)) {
                unit.markRollbackOnly();
                throw new StaleResourceException(StorageFailures.duplicateGuid(e)
                        .orElseGet(() -> added.get(0).guid()));
            }
            throw e;
        }
    }

    @Override
    public List<Revision> history(Guid guid) {
        return histories(List.of(guid)).getOrDefault(guid, List.of());
    }

    @Override
    public Map<Guid, Revision> lastDecidedOn(Collection<Guid> guids) {
        if (guids.isEmpty()) {
            return Map.of();
        }
        return transactions.call(unit -> unit
                .session()
                .createSelectionQuery(
                        "select r.guid, v from RevisionEntity v"
                                + " join ResourceEntity r on r.id = v.resourceId and r.decidedRevision = v.number"
                                + " where r.guid in :guids",
                        Object[].class)
                .setParameterList("guids", guids.stream().map(Guid::value).toList())
                .getResultList()
                .stream()
                .collect(
                        Collectors.toMap(row -> new Guid((UUID) row[0]), row -> ((RevisionEntity) row[1]).toDomain())));
    }

    @Override
    public Map<Guid, List<Revision>> histories(Collection<Guid> guids) {
        if (guids.isEmpty()) {
            return Map.of();
        }
        return transactions.call(unit -> unit
                .session()
                .createSelectionQuery(
                        "select r.guid, v from RevisionEntity v join ResourceEntity r on r.id = v.resourceId"
                                + " where r.guid in :guids order by v.number desc",
                        Object[].class)
                .setParameterList("guids", guids.stream().map(Guid::value).toList())
                .getResultList()
                .stream()
                .collect(Collectors.groupingBy(
                        row -> new Guid((UUID) row[0]),
                        Collectors.mapping(row -> ((RevisionEntity) row[1]).toDomain(), Collectors.toList()))));
    }

    @Override
    public List<Resource> withStatus(Status status, @Nullable Guid after, int limit) {
        // A literal, not a parameter, so that the partial index can be used.
        return page("r.status = '" + status.word() + "'", after, limit);
    }

    @Override
    public List<Resource> changedUpstream(@Nullable Guid after, int limit) {
        return page(CHANGED_UPSTREAM, after, limit);
    }

    @Override
    public long changedUpstreamCount() {
        return transactions.call(unit -> unit.session()
                .createSelectionQuery("select count(*) from ResourceEntity r where " + CHANGED_UPSTREAM, Long.class)
                .getSingleResult());
    }

    private List<Resource> page(String condition, @Nullable Guid after, int limit) {
        UUID last = after == null ? new UUID(0, 0) : after.value();
        // The first page includes the lowest possible GUID.
        String behind = after == null ? "r.guid >= :after" : "r.guid > :after";
        return transactions.call(unit -> unit
                .session()
                .createSelectionQuery(
                        "from ResourceEntity r where " + condition + " and " + behind + " order by r.guid",
                        ResourceEntity.class)
                .setParameter("after", last)
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(ResourceEntity::toDomain)
                .toList());
    }

    @Override
    public Map<Status, Long> counts() {
        return transactions.read(ResourceCounts::byStatus);
    }
}
