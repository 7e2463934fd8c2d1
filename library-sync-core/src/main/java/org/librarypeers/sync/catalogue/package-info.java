/** The ports to resources as they are served, searched and browsed. */
@NullMarked
package org.librarypeers.sync.catalogue;

import org.jspecify.annotations.NullMarked;
