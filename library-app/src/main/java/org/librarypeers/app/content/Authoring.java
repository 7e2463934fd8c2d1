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
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.port.CatalogueEntry;
import org.librarypeers.sync.port.Storage;

/** People add resources to this library and change them. Safe for use by many threads. */
public final class Authoring {

    private final Storage storage;
    private final Clock clock;

    /** Authoring in that storage. */
    public Authoring(Storage storage, Clock clock) {
        this.storage = storage;
        this.clock = clock;
    }

    /** Adds a resource, pending. */
    public CatalogueEntry create(ResourceContent content, UserName by) {
        return storage.inTransaction(() -> {
            Resource resource = Resource.create(Guid.random(), content, by, now());
            storage.resources().save(resource);
            return storage.catalogue().find(resource.guid()).orElseThrow();
        });
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

    private Instant now() {
        return clock.instant();
    }
}
