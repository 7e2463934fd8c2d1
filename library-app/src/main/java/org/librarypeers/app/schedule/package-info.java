/** Syncs peers by themselves, at their times, each by one node. */
@NullMarked
package org.librarypeers.app.schedule;

import org.jspecify.annotations.NullMarked;
