package org.librarypeers.sync.inmemory;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.Deletion;
import org.librarypeers.sync.curation.DuplicateRepository.Redirect;

/** The deletion log, in the tables of one transaction. */
record InMemoryDeletions(InMemoryTables tables) {

    /** An entry without its redirect. */
    record Stored(Instant at, Deletion.Reason reason, long position) {}

    /** Records which resources are served no longer, or again, after the transaction. */
    void record() {
        tables.servedBefore.forEach((guid, servedBefore) -> {
            Resource resource =
                    Objects.requireNonNull(tables.resources.get(guid)).resource();
            if (resource.status() == Status.APPROVED) {
                tables.deletions.remove(guid);
            } else if (servedBefore) {
                tables.deletions.put(guid, new Stored(resource.updated(), reason(resource), ++tables.lastPosition));
            }
        });
        tables.servedBefore.clear();
    }

    private Deletion.Reason reason(Resource resource) {
        return switch (resource.status()) {
            case ARCHIVED -> isWithdrawn(resource) ? Deletion.Reason.WITHDRAWN : Deletion.Reason.ARCHIVED;
            case REJECTED -> Deletion.Reason.REJECTED;
            case PENDING -> Deletion.Reason.UNPUBLISHED;
            case APPROVED -> throw new IllegalStateException("resource " + resource.guid() + " is served");
        };
    }

    private boolean isWithdrawn(Resource resource) {
        return resource.origin() instanceof Origin.FromPeer source
                && new InMemoryOffers(tables).withdrawn(source.peer()).contains(resource.guid());
    }

    /** Returns all entries, in no order. */
    Stream<Deletion> all() {
        return tables.deletions.keySet().stream().flatMap(guid -> find(guid).stream());
    }

    Optional<Deletion> find(Guid guid) {
        return Optional.ofNullable(tables.deletions.get(guid))
                .map(stored -> Deletion.of(guid, stored.at(), stored.reason(), servedTarget(guid), stored.position()));
    }

    private @Nullable Guid servedTarget(Guid guid) {
        Redirect redirect = tables.redirects.get(guid);
        CatalogueEntry target = redirect == null ? null : tables.resources.get(redirect.to());
        return target != null && target.resource().status() == Status.APPROVED
                ? target.resource().guid()
                : null;
    }
}
