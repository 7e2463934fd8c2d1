/** The links of resources, and whether they still lead anywhere. */
@NullMarked
package org.librarypeers.sync.links;

import org.jspecify.annotations.NullMarked;
