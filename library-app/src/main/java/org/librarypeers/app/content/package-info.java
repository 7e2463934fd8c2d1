/** Authoring, import and export of resources. */
@NullMarked
package org.librarypeers.app.content;

import org.jspecify.annotations.NullMarked;
