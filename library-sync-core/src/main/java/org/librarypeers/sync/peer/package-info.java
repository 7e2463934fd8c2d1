/** The port to other libraries: {@link org.librarypeers.sync.peer.PeerClient} reads their lists and resources. */
@NullMarked
package org.librarypeers.sync.peer;

import org.jspecify.annotations.NullMarked;
