/** The things that a library keeps for the bundles that it writes. */
@NullMarked
package org.librarypeers.sync.bundles;

import org.jspecify.annotations.NullMarked;
