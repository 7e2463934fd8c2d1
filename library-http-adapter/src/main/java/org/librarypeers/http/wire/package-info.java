/** The ORB v1 JSON, written and read by the same code for the client here and for the server. */
@NullMarked
package org.librarypeers.http.wire;

import org.jspecify.annotations.NullMarked;
