/**
 * Signed files that carry the resources of a library to another one. {@link org.librarypeers.bundle.Bundles} is the entry point.
 */
@NullMarked
package org.librarypeers.bundle;

import org.jspecify.annotations.NullMarked;
