/** Uploaded files: kept on disk, and served. */
@NullMarked
package org.librarypeers.app.files;

import org.jspecify.annotations.NullMarked;
