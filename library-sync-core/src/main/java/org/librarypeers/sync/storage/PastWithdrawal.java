package org.librarypeers.sync.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLogId;

/**
 * A withdrawal in the history of a resource: which run recorded it, and why.
 *
 * @param run the run that recorded it
 * @param source the peer of that run, which was the source of the resource then
 * @param at when it was recorded, by this library's clock
 * @param listed the number of resources in the peer's complete list, which lacked this one; null if the peer answered
 *     that the resource is absent, or its feed said that it was deleted
 * @param archived whether the run archived the resource, as configured for this peer
 */
public record PastWithdrawal(
        SyncLogId run, PeerId source, Instant at, @Nullable Integer listed, boolean archived) {}
