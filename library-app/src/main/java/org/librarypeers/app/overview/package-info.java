/** The start page of the staff: what needs attention. */
@NullMarked
package org.librarypeers.app.overview;

import org.jspecify.annotations.NullMarked;
