@NullMarked
package org.librarypeers.app.embedded;

import org.jspecify.annotations.NullMarked;
