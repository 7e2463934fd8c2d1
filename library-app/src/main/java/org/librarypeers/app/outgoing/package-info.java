/** Requests to addresses that others wrote, which never reach this machine or a private network. */
@NullMarked
package org.librarypeers.app.outgoing;

import org.jspecify.annotations.NullMarked;
