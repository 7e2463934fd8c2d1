/** Three libraries on one machine that show a sync. */
@NullMarked
package org.librarypeers.app.demo;

import org.jspecify.annotations.NullMarked;
