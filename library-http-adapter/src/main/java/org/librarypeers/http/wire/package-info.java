/** The JSON of ORB v1. The same code reads and writes it for the client and for the server. */
@NullMarked
package org.librarypeers.http.wire;

import org.jspecify.annotations.NullMarked;
