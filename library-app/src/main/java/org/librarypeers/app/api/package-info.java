/** The HTTP API: ORB v1 as existing sites implement it, the full feed, and the health check. */
@NullMarked
package org.librarypeers.app.api;

import org.jspecify.annotations.NullMarked;
