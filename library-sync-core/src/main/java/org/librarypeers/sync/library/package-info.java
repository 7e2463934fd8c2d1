/** The port to everything that a library keeps: {@link org.librarypeers.sync.library.LibraryStorage}. */
@NullMarked
package org.librarypeers.sync.library;

import org.jspecify.annotations.NullMarked;
