/** The settings of a library, and {@link org.librarypeers.app.wiring.Library}, which builds its services by hand. */
@NullMarked
package org.librarypeers.app.wiring;

import org.jspecify.annotations.NullMarked;
