/** The port to accounts, their sessions, and counts of what was tried and requested. */
@NullMarked
package org.librarypeers.sync.accounts;

import org.jspecify.annotations.NullMarked;
