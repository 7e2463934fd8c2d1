package org.librarypeers.sync.storage;

import org.librarypeers.sync.peer.ChangePage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;

/**
 * An item of a peer that could not be kept, to be tried again by the next run.
 *
 * @param remoteId by which the peer fetches it; one entry for each
 * @param guid which resource it is, or null if that is not known
 * @param version the version that was bad
 * @param reason why it could not be kept
 * @param firstSeen when it was first found bad, in this library's time
 * @param lastSeen when it was last found bad
 * @param attempts how many runs found it bad, from 1
 */
public record QuarantinedItem(
        String remoteId,
        @Nullable Guid guid,
        String version,
        String reason,
        Instant firstSeen,
        Instant lastSeen,
        int attempts) {

    /** Returns whether it is a row of the list of which nothing could be read but its place. */
    public boolean isUnreadableRow() {
        return new ChangePage.Item(remoteId, guid, version, null).isUnreadableRow();
    }

    /** This item, found bad once more. */
    public QuarantinedItem again(String newVersion, String newReason, Instant now) {
        return new QuarantinedItem(remoteId, guid, newVersion, newReason, firstSeen, now, attempts + 1);
    }
}
