/** The move of an existing ORB site, with its accounts and addresses, into an empty library. */
@NullMarked
package org.librarypeers.app.move;

import org.jspecify.annotations.NullMarked;
