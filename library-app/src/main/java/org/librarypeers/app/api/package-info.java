/** The HTTP API: ORB v1 as existing sites speak it, the full feed, and health. */
@NullMarked
package org.librarypeers.app.api;

import org.jspecify.annotations.NullMarked;
