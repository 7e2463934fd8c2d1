/** Writing and reading of signed bundles. */
@NullMarked
package org.librarypeers.app.bundles;

import org.jspecify.annotations.NullMarked;
