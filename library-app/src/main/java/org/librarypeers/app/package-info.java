/** The app. {@link org.librarypeers.app.Main} starts it; {@link org.librarypeers.app.Library} wires its parts. */
@NullMarked
package org.librarypeers.app;

import org.jspecify.annotations.NullMarked;
