package org.librarypeers.app.schedule;

import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.sync.SyncProgress;

/**
 * How the last run of a peer stands.
 *
 * @param run as far as its last page
 * @param live pages, total and estimate, if it is under way in this process; null if it has ended, or is under way elsewhere
 */
public record RunProgress(SyncLog run, @Nullable SyncProgress live) {}
