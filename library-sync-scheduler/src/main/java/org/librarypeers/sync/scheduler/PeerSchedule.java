package org.librarypeers.sync.scheduler;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of a peer's schedule.
 *
 * @param due when the peer is or was due; in the past while it is being synced
 * @param running whether the schedule is syncing the peer, on any node
 * @param failures the number of failed scheduled runs since the last one that the peer answered
 * @param reconciled the start of the last complete scheduled reconciliation; null if there was none
 */
public record PeerSchedule(
        Instant due,
        boolean running,
        int failures,
        @Nullable Instant reconciled) {}
