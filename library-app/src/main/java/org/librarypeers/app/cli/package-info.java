/** The command line. */
@NullMarked
package org.librarypeers.app.cli;

import org.jspecify.annotations.NullMarked;
