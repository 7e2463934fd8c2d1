/** A demo of syncs between three libraries on one machine. */
@NullMarked
package org.librarypeers.app.demo;

import org.jspecify.annotations.NullMarked;
