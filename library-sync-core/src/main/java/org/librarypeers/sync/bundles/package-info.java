/** The key with which a library signs its bundles, and what it remembers of bundles that came too early. */
@NullMarked
package org.librarypeers.sync.bundles;

import org.jspecify.annotations.NullMarked;
