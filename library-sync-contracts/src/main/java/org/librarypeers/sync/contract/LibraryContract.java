package org.librarypeers.sync.contract;

import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.library.LibraryStorage;

/** The common base class of the contracts about what a library stores beside its syncs and reviews. */
abstract class LibraryContract extends StorageContract<LibraryStorage> {

    /** Saves the resource as approved, and returns its catalogue entry. */
    final CatalogueEntry approved(Resource resource) {
        storage.resources().save(resource.approve(resource.updated()));
        return entry(resource.guid());
    }

    final CatalogueEntry entry(Guid guid) {
        return storage.catalogue().changes(0, Integer.MAX_VALUE).stream()
                .filter(entry -> entry.resource().guid().equals(guid))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Saves the resource again without a change. A storage without a defined order may then return it after all others.
     */
    final void saveAgain(long id) {
        storage.resources()
                .save(found(
                        storage.catalogue().find(id).orElseThrow().resource().guid()));
    }
}
