/** The ports to accounts, sessions, rate limits, and the audit log. */
@NullMarked
package org.librarypeers.sync.accounts;

import org.jspecify.annotations.NullMarked;
