/** The pages for peers: the list, the forms, previews, runs and the map of the network. */
@NullMarked
package org.librarypeers.app.peers;

import org.jspecify.annotations.NullMarked;
