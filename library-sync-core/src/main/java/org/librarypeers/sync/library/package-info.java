/** The port to everything that a library keeps: {@link org.librarypeers.sync.library.Storage}. */
@NullMarked
package org.librarypeers.sync.library;

import org.jspecify.annotations.NullMarked;
