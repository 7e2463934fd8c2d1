/** The metrics of a running library. The core and the adapters only report events; this package counts and times them. */
@NullMarked
package org.librarypeers.app.monitoring;

import org.jspecify.annotations.NullMarked;
