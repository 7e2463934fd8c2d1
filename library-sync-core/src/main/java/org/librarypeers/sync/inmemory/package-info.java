/** Adapters that keep everything in memory: for trials, for tests, and as the reference of how a port behaves. */
@NullMarked
package org.librarypeers.sync.inmemory;

import org.jspecify.annotations.NullMarked;
