/** Resources in and out of files. */
@NullMarked
package org.librarypeers.app.content;

import org.jspecify.annotations.NullMarked;
