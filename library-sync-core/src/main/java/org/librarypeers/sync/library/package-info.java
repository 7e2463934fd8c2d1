/** The port to the complete storage of a library: {@link org.librarypeers.sync.library.LibraryStorage}. */
@NullMarked
package org.librarypeers.sync.library;

import org.jspecify.annotations.NullMarked;
