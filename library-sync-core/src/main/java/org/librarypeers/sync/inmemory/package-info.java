/**
 * Adapters that keep everything in memory. They serve for trials and tests, and as the reference for the behaviour of
 * the ports.
 */
@NullMarked
package org.librarypeers.sync.inmemory;

import org.jspecify.annotations.NullMarked;
