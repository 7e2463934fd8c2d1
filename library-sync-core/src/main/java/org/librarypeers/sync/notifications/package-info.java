/** The ports to notifications: what each person wants to be told, and the outbox of messages that are still to be sent. */
@NullMarked
package org.librarypeers.sync.notifications;

import org.jspecify.annotations.NullMarked;
