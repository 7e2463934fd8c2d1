package org.librarypeers.sync.catalogue;

import java.time.Instant;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Status;

/**
 * A resource as a list shows it. It cannot be saved, because a list does not read everything of a resource.
 *
 * @param id the number of the resource in this library, from 1
 * @param guid the GUID
 * @param slug the readable part of its address
 * @param status the status
 * @param origin the origin
 * @param content the current content; its tags and attachments may be missing
 * @param created when the resource was created
 * @param updated when it was last changed
 */
public record ListedResource(
        long id,
        Guid guid,
        Slug slug,
        Status status,
        Origin origin,
        ResourceContent content,
        Instant created,
        Instant updated) {

    /** Returns the resource of an entry. */
    public static ListedResource of(CatalogueEntry entry) {
        Resource resource = entry.resource();
        return new ListedResource(
                entry.id(),
                resource.guid(),
                resource.slug(),
                resource.status(),
                resource.origin(),
                resource.content(),
                resource.created(),
                resource.updated());
    }
}
