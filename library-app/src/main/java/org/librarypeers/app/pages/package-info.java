/** The public pages, and the pages for the user's own account. */
@NullMarked
package org.librarypeers.app.pages;

import org.jspecify.annotations.NullMarked;
