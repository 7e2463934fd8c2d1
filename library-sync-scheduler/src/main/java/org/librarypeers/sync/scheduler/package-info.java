/** Syncs of peers at regular intervals and in the background. {@link org.librarypeers.sync.scheduler.SyncScheduler} is the entry point. */
@NullMarked
package org.librarypeers.sync.scheduler;

import org.jspecify.annotations.NullMarked;
