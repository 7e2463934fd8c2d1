/** The HTTP server: its set-up and routes, the health check, and the answers to failures that no handler expects. */
@NullMarked
package org.librarypeers.app.server;

import org.jspecify.annotations.NullMarked;
