/**
 * The use cases: {@link org.librarypeers.sync.SyncService} pulls resources from peers, and
 * {@link org.librarypeers.sync.ReviewService} approves and rejects them.
 */
@NullMarked
package org.librarypeers.sync;

import org.jspecify.annotations.NullMarked;
