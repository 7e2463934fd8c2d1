/** The page on which administrators change settings while the program runs. */
@NullMarked
package org.librarypeers.app.settings;

import org.jspecify.annotations.NullMarked;
