package org.librarypeers.sync;

import org.librarypeers.domain.Peer;
import org.librarypeers.domain.SyncTally;

/**
 * How far a run is.
 *
 * @param peer the peer that is asked
 * @param tally what came of it so far
 * @param requests how many requests it made so far
 * @param total how many resources the peer says it lists from where the run began, or -1 if it does not say
 */
public record SyncProgress(Peer peer, SyncTally tally, int requests, int total) {}
