/** Automatic syncs of peers on a schedule, each by one node, and syncs in the background. */
@NullMarked
package org.librarypeers.sync.scheduler;

import org.jspecify.annotations.NullMarked;
