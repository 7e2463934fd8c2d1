package org.librarypeers.sync.scheduler;

import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.sync.SyncProgress;

/**
 * The progress of the last run of a peer.
 *
 * @param run the sync log of the run, as of its last saved page
 * @param live the pages, total and estimate if the run is in progress in this process; null if it has ended, or runs
 *     elsewhere
 */
public record RunProgress(SyncLog run, @Nullable SyncProgress live) {}
