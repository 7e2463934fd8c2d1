/** The ports to uploaded files. */
@NullMarked
package org.librarypeers.sync.files;

import org.jspecify.annotations.NullMarked;
