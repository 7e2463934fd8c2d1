package org.librarypeers.app.content;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.storage.StaleResourceException;
import org.librarypeers.sync.library.LibraryStorage;

/** People add resources to this library and change them. Safe for use by many threads. */
public final class Authoring {

    private final LibraryStorage storage;
    private final Clock clock;

    /** Authoring in that storage. */
    public Authoring(LibraryStorage storage, Clock clock) {
        this.storage = storage;
        this.clock = clock;
    }

    /** Adds a resource, pending. */
    public CatalogueEntry create(ResourceContent content, UserName by) {
        return storage.inTransaction(() -> add(Guid.random(), content, by));
    }

    /**
     * Adds a pending resource that has a GUID already.
     *
     * @throws StaleResourceException if this library has a resource of that GUID, whatever its status, or a peer offers one: it
     *     must stay what it is
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
        storage.resources().save(Resource.create(guid, content, by, now()));
        return storage.catalogue().find(guid).orElseThrow();
    }

    /** Quarantined items count: the next run may save them. */
    private boolean isOfferedByPeer(Guid guid) {
        return !storage.harvest().offering(guid).isEmpty()
                || storage.peers().all().stream()
                        .flatMap(peer -> storage.harvest().badItems(peer.id()).stream())
                        .anyMatch(item -> guid.equals(item.guid()));
    }

    /**
     * Changes what a resource says; its status stays. Changes that others make at the same moment are not overwritten.
     *
     * @param id its number in this library
     * @param change makes the new content of the present one
     * @return the resource as it is then; nothing if there is none of that number
     * @throws RuntimeException what the change throws; nothing is saved then
     */
    public Optional<CatalogueEntry> edit(long id, UnaryOperator<ResourceContent> change, UserName by) {
        return storage.inTransaction(() -> {
            Optional<Guid> guid =
                    storage.catalogue().find(id).map(entry -> entry.resource().guid());
            guid.ifPresent(each -> {
                Resource before = Objects.requireNonNull(
                        storage.resources().findForUpdate(List.of(each)).get(each));
                Resource after = before.edit(change.apply(before.content()), by, now());
                if (after != before) {
                    storage.resources().save(after);
                }
            });
            return guid.flatMap(each -> storage.catalogue().find(id));
        });
    }

    /**
     * Changes what a resource says, if it still says what its editor read.
     *
     * @param revision the number of the revision that the editor read
     * @param resubmits whether an approved one waits for a reviewer again once it is changed: its editor may not publish
     * @return the resource as it is then
     * @throws StaleResourceException if there is another revision by now, or no such resource
     */
    public Resource edit(
            Guid guid, int revision, UnaryOperator<ResourceContent> change, UserName by, boolean resubmits) {
        return change(guid, revision, before -> {
            Resource after = before.edit(change.apply(before.content()), by, now());
            return after != before && resubmits && before.status() == Status.APPROVED ? after.submit(now()) : after;
        });
    }

    /**
     * Puts an approved resource away.
     *
     * @throws StaleResourceException if there is another revision by now, or no such resource
     * @throws IllegalStateException if it is not approved
     */
    public Resource archive(Guid guid, int revision) {
        return change(guid, revision, resource -> resource.archive(now()));
    }

    /**
     * Lets a resource wait for a reviewer again.
     *
     * @throws StaleResourceException if there is another revision by now, or no such resource
     */
    public Resource submit(Guid guid, int revision) {
        return change(guid, revision, resource -> resource.submit(now()));
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

    private Instant now() {
        return clock.instant();
    }
}
