/** The pages for a person's own account: sign-in, profile and API key. */
@NullMarked
package org.librarypeers.app.account;

import org.jspecify.annotations.NullMarked;
