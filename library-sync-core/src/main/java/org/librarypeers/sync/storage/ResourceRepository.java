package org.librarypeers.sync.storage;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Revision;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Status;

/** The resources of this library and their histories. */
public interface ResourceRepository {

    /** Returns the resource with this GUID. */
    default Optional<Resource> find(Guid guid) {
        return Optional.ofNullable(find(List.of(guid)).get(guid));
    }

    /** Returns the resources with these GUIDs. Resources that do not exist are left out. */
    Map<Guid, Resource> find(Collection<Guid> guids);

    /**
     * Returns the resources like {@link #find(Collection)} and locks them until the end of the transaction. Other
     * callers of this method wait for the same resources. The order of the GUIDs does not matter: two callers never
     * cause a deadlock. Call it within {@link SyncStorage#inTransaction}.
     */
    Map<Guid, Resource> findForUpdate(Collection<Guid> guids);

    /**
     * Saves new and changed resources. A resource whose {@linkplain Resource#version() version} is 0 is added. Saved
     * revisions that are {@linkplain org.librarypeers.domain.Revisions#supersededBy superseded} move to the
     * {@linkplain #history history}, and those that are {@linkplain
     * org.librarypeers.domain.Revisions#restoredSince in use again} leave it. The content of a waiting revision is saved unchanged. The tags of the current
     * revision are looked up in the vocabulary by their key, and added if missing. An existing tag is not changed, so a
     * resource that is read back has the texts of the vocabulary. Slugs are unique: if the slug of a new resource is
     * taken, the resource gets {@linkplain Slug#with another}.
     *
     * <p>Each resource may occur only once. The given objects are stale afterwards; read the resources again before
     * further changes.
     *
     * @throws StaleResourceException if a resource was changed since it was read, or is new but exists; nothing is
     *     saved
     */
    void save(Collection<Resource> resources);

    /** Saves one resource, see {@link #save(Collection)}. */
    default void save(Resource resource) {
        save(List.of(resource));
    }

    /**
     * Returns the superseded revisions of a resource, the highest number first. Empty if it never changed or does not
     * exist.
     */
    List<Revision> history(Guid guid);

    /** Returns the {@link #history} of each resource. Resources without a history are left out. */
    Map<Guid, List<Revision>> histories(Collection<Guid> guids);

    /**
     * Returns the revision of each resource on which a reviewer decided last. Resources that still have this content,
     * and those without a decision, are left out.
     */
    Map<Guid, Revision> lastDecidedOn(Collection<Guid> guids);

    /**
     * Returns a page of the resources with this status, ordered by GUID.
     *
     * @param status the status
     * @param after the last GUID of the previous page, or null for the first page
     * @param limit the maximum number of resources, from 1
     */
    List<Resource> withStatus(Status status, @Nullable Guid after, int limit);

    /**
     * Returns a page of the resources that a peer changed after a reviewer decided on them, see
     * {@link Resource#isChangedUpstream}, ordered by GUID.
     *
     * @param after the last GUID of the previous page, or null for the first page
     * @param limit the maximum number of resources, from 1
     */
    List<Resource> changedUpstream(@Nullable Guid after, int limit);

    /** Returns the number of {@link #changedUpstream} resources. */
    long changedUpstreamCount();

    /** Returns the number of resources of each status. Statuses without resources are left out. */
    Map<Status, Long> counts();
}
