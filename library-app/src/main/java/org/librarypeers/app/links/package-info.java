/** The check whether the links of public resources still work. */
@NullMarked
package org.librarypeers.app.links;

import org.jspecify.annotations.NullMarked;
