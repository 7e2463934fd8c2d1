/** Accounts, sign-ins, passwords and API keys. */
@NullMarked
package org.librarypeers.app.accounts;

import org.jspecify.annotations.NullMarked;
