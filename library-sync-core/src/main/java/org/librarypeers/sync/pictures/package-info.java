/** The port to pictures: which ones the resources name, and the copies that this library keeps of them. */
@NullMarked
package org.librarypeers.sync.pictures;

import org.jspecify.annotations.NullMarked;
