/** The port to resources as they are served, searched and reviewed. */
@NullMarked
package org.librarypeers.sync.catalogue;

import org.jspecify.annotations.NullMarked;
