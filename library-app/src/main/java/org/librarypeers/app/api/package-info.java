/** The HTTP API: ORB v1 as existing sites implement it, the full feed, and its OpenAPI description. */
@NullMarked
package org.librarypeers.app.api;

import org.jspecify.annotations.NullMarked;
