/** The pages on which staff edit resources: the list, the form, uploads and the history. */
@NullMarked
package org.librarypeers.app.resources;

import org.jspecify.annotations.NullMarked;
