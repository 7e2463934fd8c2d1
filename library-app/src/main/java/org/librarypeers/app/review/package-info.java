/** The pages for reviews: the inbox, and one resource with the changes to decide on. */
@NullMarked
package org.librarypeers.app.review;

import org.jspecify.annotations.NullMarked;
