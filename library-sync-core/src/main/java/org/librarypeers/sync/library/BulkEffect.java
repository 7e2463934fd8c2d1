package org.librarypeers.sync.library;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ReviewSnapshot;
import org.librarypeers.domain.Status;

/**
 * The effect of a {@link BulkChange} on one resource, by which it can be undone exactly.
 *
 * @param resource the resource
 * @param before the resource before the change
 * @param after the resource after the change
 * @param served the update date that another library has read if it may know of the change; null if nothing that is served changed
 */
public record BulkEffect(
        Guid resource,
        ReviewSnapshot before,
        ReviewSnapshot after,
        @Nullable Instant served) {

    /**
     * Returns the effect of a change. Only libraries that fetched a resource notice that it is no longer served, so then the earlier
     * update date counts.
     */
    public static BulkEffect of(Resource before, Resource after) {
        Instant served = before.status() != Status.APPROVED
                ? null
                : after.status() == Status.APPROVED ? after.updated() : before.updated();
        return new BulkEffect(before.guid(), ReviewSnapshot.of(before), ReviewSnapshot.of(after), served);
    }
}
