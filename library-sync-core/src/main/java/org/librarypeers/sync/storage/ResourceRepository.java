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

/** The resources of this library, and what they said before. */
public interface ResourceRepository {

    /** The resource of that GUID. */
    default Optional<Resource> find(Guid guid) {
        return Optional.ofNullable(find(List.of(guid)).get(guid));
    }

    /** The resources of these GUIDs; those that do not exist are left out. */
    Map<Guid, Resource> find(Collection<Guid> guids);

    /**
     * As {@link #find(Collection)}, and until the transaction around ends, others who call this for the same resources
     * wait; for {@link SyncStorage#inTransaction}. Two callers with the same resources in another order do not block each
     * other for ever.
     */
    Map<Guid, Resource> findForUpdate(Collection<Guid> guids);

    /**
     * Saves new and changed resources. A resource whose {@linkplain Resource#version() version} is 0 is added. Saved revisions
     * that are {@linkplain org.librarypeers.domain.Revisions#supersededBy superseded} go to the {@linkplain #history history}.
     * What waits for a reviewer is kept as it is given. The tags of what the resource says are found in the vocabulary of this library by their key, and added to it
     * where they are missing; a tag that is there stays as it is, so what is read back has the vocabulary's texts. No two
     * resources share a slug: one that is added and whose slug is taken gets {@linkplain Slug#with another}.
     *
     * <p>Each resource is given once. What is passed in is stale afterwards; read it again to go on.
     *
     * @throws StaleResourceException if one of them is not as it was read, or is new and exists; nothing is saved then
     */
    void save(Collection<Resource> resources);

    /** As {@link #save(Collection)}, for one. */
    default void save(Resource resource) {
        save(List.of(resource));
    }

    /**
     * Returns the superseded revisions of a resource, the highest number first; none for one that never changed, or does not
     * exist.
     */
    List<Revision> history(Guid guid);

    /** {@link #history} of each of them; those that never changed, or do not exist, are left out. */
    Map<Guid, List<Revision>> histories(Collection<Guid> guids);

    /** What each of them said when a reviewer last decided on it; those that say that still, or were never decided on, are left out. */
    Map<Guid, Revision> lastDecidedOn(Collection<Guid> guids);

    /**
     * Resources of that status, in the order of their GUIDs.
     *
     * @param after the last GUID of the page before, or null for the first page
     * @param limit at most so many, from 1
     */
    List<Resource> withStatus(Status status, @Nullable Guid after, int limit);

    /**
     * Resources that a peer changed after a reviewer decided on them, {@link Resource#isChangedUpstream}, in the order of
     * their GUIDs.
     *
     * @param after the last GUID of the page before, or null for the first page
     * @param limit at most so many, from 1
     */
    List<Resource> changedUpstream(@Nullable Guid after, int limit);

    /** How many there are of {@link #changedUpstream}. */
    long changedUpstreamCount();

    /** How many resources there are of each status; those without any are left out. */
    Map<Status, Long> counts();
}
