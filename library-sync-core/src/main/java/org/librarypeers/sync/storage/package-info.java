/** The storage port for syncs and reviews: resources, peers, sync logs, and the state of the syncs of each peer. */
@NullMarked
package org.librarypeers.sync.storage;

import org.jspecify.annotations.NullMarked;
