package org.librarypeers.examples.embedding;

import java.time.Instant;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ReviewState;
import org.librarypeers.domain.Revisions;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Status;

/** A resource as it is stored. */
record ResourceBody(
        Guid guid,
        Slug slug,
        Status status,
        Origin origin,
        Revisions revisions,
        Instant created,
        Instant updated,
        ReviewState review,
        long version) {

    /** Returns the form in which a resource is stored, with this slug and these revisions. Increments the version. */
    static ResourceBody next(Resource resource, Slug slug, Revisions revisions) {
        return new ResourceBody(
                resource.guid(),
                slug,
                resource.status(),
                resource.origin(),
                revisions,
                resource.created(),
                resource.updated(),
                resource.review(),
                resource.version() + 1);
    }

    Resource toDomain() {
        return Resource.restore(guid, slug, status, origin, revisions, created, updated, review, version);
    }
}
