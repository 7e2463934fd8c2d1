/** The key with which a library signs its bundles. */
@NullMarked
package org.librarypeers.sync.bundles;

import org.jspecify.annotations.NullMarked;
