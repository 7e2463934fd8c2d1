@NullMarked
package org.librarypeers.embeddedpostgres;

import org.jspecify.annotations.NullMarked;
