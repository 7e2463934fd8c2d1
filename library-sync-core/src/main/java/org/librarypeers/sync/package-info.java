/** The use cases: {@link org.librarypeers.sync.SyncService} pulls from peers, {@link org.librarypeers.sync.ReviewService} publishes. */
@NullMarked
package org.librarypeers.sync;

import org.jspecify.annotations.NullMarked;
