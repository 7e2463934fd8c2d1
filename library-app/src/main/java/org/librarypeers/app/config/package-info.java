/** The settings of the program: their list, where their values come from, and their values by topic. */
@NullMarked
package org.librarypeers.app.config;

import org.jspecify.annotations.NullMarked;
