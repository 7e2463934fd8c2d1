package org.librarypeers.app.content;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.librarypeers.app.audit.AuditAction;
import org.librarypeers.app.audit.AuditTrail;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Revision;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.storage.StaleResourceException;

/** A service for adding and changing resources of this library. Thread-safe. */
public final class Authoring {

    private final LibraryStorage storage;
    private final Clock clock;
    private final AuditTrail trail;

    /** Creates a service on this storage. */
    public Authoring(LibraryStorage storage, Clock clock) {
        this.storage = storage;
        this.clock = clock;
        this.trail = new AuditTrail(storage, clock);
    }

    /** Adds a pending resource with a new GUID. */
    public CatalogueEntry create(ResourceContent content, UserName by) {
        return storage.inTransaction(() -> add(Guid.random(), content, by));
    }

    /**
     * Adds a pending resource with a given GUID.
     *
     * @throws StaleResourceException if this library already has a resource with this GUID, whatever its status, or a
     *     peer offers one
     */
    public CatalogueEntry create(Guid guid, ResourceContent content, UserName by) {
        return storage.inTransaction(() -> {
            if (isOfferedByPeer(guid)) {
                throw new StaleResourceException(guid);
            }
            return add(guid, content, by);
        });
    }

    private CatalogueEntry add(Guid guid, ResourceContent content, UserName by) {
        storage.resources()
                .save(Resource.create(guid, storage.tagRules().mapping().map(content), by, now()));
        return storage.catalogue().find(guid).orElseThrow();
    }

    /**
     * Returns whether a peer offers a resource with this GUID. Quarantined items count, because the next run may save
     * them.
     */
    private boolean isOfferedByPeer(Guid guid) {
        return !storage.harvest().offering(guid).isEmpty()
                || storage.peers().all().stream()
                        .flatMap(peer -> storage.harvest().quarantinedItems(peer.id()).stream())
                        .anyMatch(item -> guid.equals(item.guid()));
    }

    /**
     * Changes the content of a resource. Its status does not change. Concurrent changes are not overwritten.
     *
     * @param id the id of the resource in this library
     * @param change computes the new content from the current one
     * @return the resource after the change, or an empty {@code Optional} if there is no resource with this id
     * @throws RuntimeException if the change throws it; nothing is saved then
     */
    public Optional<CatalogueEntry> edit(long id, UnaryOperator<ResourceContent> change, UserName by) {
        return storage.inTransaction(() -> {
            Optional<Guid> guid =
                    storage.catalogue().find(id).map(entry -> entry.resource().guid());
            guid.ifPresent(each -> {
                Resource before = Objects.requireNonNull(
                        storage.resources().findForUpdate(List.of(each)).get(each));
                Resource after = before.edit(ours(before, change.apply(before.content())), by, now());
                if (after != before) {
                    storage.resources().save(after);
                }
            });
            return guid.flatMap(each -> storage.catalogue().find(id));
        });
    }

    /**
     * Changes the content of a resource, if its current revision is the one that the editor read.
     *
     * @param revision the number of the revision that the editor read
     * @param resubmits whether an approved resource must be reviewed again after a change, because the editor may not
     *     publish
     * @return the resource after the change
     * @throws StaleResourceException if the resource has another revision by now, or does not exist
     */
    public Resource edit(
            Guid guid, int revision, UnaryOperator<ResourceContent> change, UserName by, boolean resubmits) {
        return change(guid, revision, edit(change, by, resubmits));
    }

    private UnaryOperator<Resource> edit(UnaryOperator<ResourceContent> change, UserName by, boolean resubmits) {
        return before -> {
            Resource after = before.edit(ours(before, change.apply(before.content())), by, now());
            return after != before && resubmits && before.status() == Status.APPROVED ? after.submit(now()) : after;
        };
    }

    /**
     * Gives a resource the content of an earlier revision, as {@link #edit(Guid, int, UnaryOperator, UserName, boolean)} does.
     *
     * @param earlier the revision to restore
     */
    public Resource restore(Guid guid, int revision, Revision earlier, UserName by, boolean resubmits) {
        return storage.inTransaction(() -> {
            Resource restored = change(guid, revision, edit(before -> earlier.content(), by, resubmits));
            trail.record(AuditTrail.restored(restored, earlier.number()));
            return restored;
        });
    }

    /**
     * Archives an approved resource.
     *
     * @throws StaleResourceException if the resource has another revision by now, or does not exist
     * @throws IllegalStateException if it is not approved
     */
    public Resource archive(Guid guid, int revision) {
        return recorded(AuditAction.RESOURCE_ARCHIVED, guid, revision, resource -> resource.archive(now()));
    }

    /**
     * Submits a resource for another review.
     *
     * @throws StaleResourceException if the resource has another revision by now, or does not exist
     */
    public Resource submit(Guid guid, int revision) {
        return recorded(AuditAction.RESOURCE_SUBMITTED, guid, revision, resource -> resource.submit(now()));
    }

    /** Changes the status of a resource, which its history does not contain, and records it. */
    private Resource recorded(AuditAction action, Guid guid, int revision, UnaryOperator<Resource> verb) {
        return storage.inTransaction(() -> {
            Resource changed = change(guid, revision, verb);
            trail.record(new AuditTrail.Note(action, AuditTrail.subject(changed)));
            return changed;
        });
    }

    private Resource change(Guid guid, int revision, UnaryOperator<Resource> verb) {
        return storage.inTransaction(() -> {
            Resource before = storage.resources().findForUpdate(List.of(guid)).get(guid);
            if (before == null || before.revision().number() != revision) {
                throw new StaleResourceException(guid);
            }
            Resource after = verb.apply(before);
            if (after != before) {
                storage.resources().save(after);
            }
            return after;
        });
    }

    /** Returns the content with the tags that the library has today, because tags may have been merged since it was read. */
    private ResourceContent ours(Resource resource, ResourceContent content) {
        return storage.tagRules().mapping().from(resource.origin()).map(content);
    }

    private Instant now() {
        return clock.instant();
    }
}
