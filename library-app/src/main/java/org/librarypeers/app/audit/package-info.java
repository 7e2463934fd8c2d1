/** The audit log as the actions write it. */
@NullMarked
package org.librarypeers.app.audit;

import org.jspecify.annotations.NullMarked;
