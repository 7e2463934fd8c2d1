package org.librarypeers.sync.notifications;

import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.domain.SyncTally;

/**
 * The sum of the runs of one peer that ended in the same way in a period.
 *
 * @param peer the peer
 * @param status how the runs ended
 * @param number the number of runs, from 1
 * @param tally the sum of their counts
 */
public record EndedRuns(PeerId peer, SyncStatus status, long number, SyncTally tally) {}
