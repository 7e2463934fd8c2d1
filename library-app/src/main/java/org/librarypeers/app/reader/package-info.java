/** The public pages: search, resources, feeds, and the files for robots. */
@NullMarked
package org.librarypeers.app.reader;

import org.jspecify.annotations.NullMarked;
