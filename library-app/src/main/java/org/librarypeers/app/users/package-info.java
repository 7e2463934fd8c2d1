/** The pages on which administrators manage accounts. */
@NullMarked
package org.librarypeers.app.users;

import org.jspecify.annotations.NullMarked;
