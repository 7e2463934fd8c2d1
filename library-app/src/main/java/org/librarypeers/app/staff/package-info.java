/** The pages for the staff of a library: peers, syncs, reviews, resources and users. */
@NullMarked
package org.librarypeers.app.staff;

import org.jspecify.annotations.NullMarked;
