/** Automatic syncs of peers on a schedule, each by one node, and syncs in the background. */
@NullMarked
package org.librarypeers.app.schedule;

import org.jspecify.annotations.NullMarked;
