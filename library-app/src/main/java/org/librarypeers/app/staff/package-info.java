/** The pages for those who run the library: peers, syncs, reviews, resources, users. */
@NullMarked
package org.librarypeers.app.staff;

import org.jspecify.annotations.NullMarked;
