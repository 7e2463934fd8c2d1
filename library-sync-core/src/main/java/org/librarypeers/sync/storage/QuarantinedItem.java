package org.librarypeers.sync.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.QuarantineReason;
import org.librarypeers.sync.peer.ChangePage;

/**
 * An item of a peer that could not be saved. Later runs retry it.
 *
 * @param remoteId the id by which the peer returns the item; unique per peer
 * @param guid the GUID of the resource, or null if unknown
 * @param version the version that could not be saved
 * @param reason why it could not be saved
 * @param firstSeen when it was first quarantined, by this library's clock
 * @param lastSeen when it last failed, by this library's clock
 * @param attempts the number of runs in which it failed, from 1
 */
public record QuarantinedItem(
        String remoteId,
        @Nullable Guid guid,
        String version,
        QuarantineReason reason,
        Instant firstSeen,
        Instant lastSeen,
        int attempts) {

    /** Returns whether this is an unreadable row of the list, for which only the position is known. */
    public boolean isUnreadableRow() {
        return new ChangePage.Item(remoteId, guid, version, null).isUnreadableRow();
    }

    /** Returns a copy of this item after a further failure. */
    public QuarantinedItem again(String newVersion, QuarantineReason newReason, Instant now) {
        return new QuarantinedItem(remoteId, guid, newVersion, newReason, firstSeen, now, attempts + 1);
    }
}
