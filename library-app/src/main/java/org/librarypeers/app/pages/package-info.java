/** The pages for everybody, and those about one's own account. */
@NullMarked
package org.librarypeers.app.pages;

import org.jspecify.annotations.NullMarked;
