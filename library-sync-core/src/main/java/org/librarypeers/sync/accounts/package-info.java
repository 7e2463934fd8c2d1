/** The ports to accounts, sessions, and rate limits. */
@NullMarked
package org.librarypeers.sync.accounts;

import org.jspecify.annotations.NullMarked;
