/** Uploaded files: kept on disk by their content, and served so that none of them can do harm in a browser. */
@NullMarked
package org.librarypeers.app.files;

import org.jspecify.annotations.NullMarked;
