/** The port to what a sync and a review need to keep: resources, peers, sync logs, how far each peer was read. */
@NullMarked
package org.librarypeers.sync.storage;

import org.jspecify.annotations.NullMarked;
