/** The job that a thread repeats in the background. It knows no other package of the app. */
@NullMarked
package org.librarypeers.app.background;

import org.jspecify.annotations.NullMarked;
