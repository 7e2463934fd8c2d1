package org.librarypeers.sync.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLogId;

/**
 * A withdrawal in the history of a resource: which run noted it, and why.
 *
 * @param run the run that noted it
 * @param source the peer of that run, which was the source of the resource then
 * @param at when it was noted, in this library's time
 * @param listed how many resources the complete list of the peer held, this one not among them; null if the peer answered
 *     that the resource is not there
 * @param archived whether the run archived the resource, because the peer is set to archive what it withdraws
 */
public record PastWithdrawal(
        SyncLogId run, PeerId source, Instant at, @Nullable Integer listed, boolean archived) {}
